import 'server-only';
import { getVisit } from '@/features/frontdesk/queue/queries';
import type { PaperFrame } from '@/features/identity/papers/queries';
import type { Printable } from '@/features/identity/papers/service';
import { contactLensPaper } from '@/features/record/contact-lenses/paper';
import { getContactLenses } from '@/features/record/contact-lenses/queries';
import { findExamination } from '@/features/record/examinations/queries';
import { letterPaper } from '@/features/record/letters/paper';
import { getLetter } from '@/features/record/letters/queries';
import { getPrescription } from '@/features/record/prescriptions/queries';
import { spectaclesPaper } from '@/features/record/spectacles/paper';
import { getSpectacles } from '@/features/record/spectacles/queries';
import { readSummary } from '@/features/record/summaries/queries';
import { printableOf } from '@/features/record/summaries/visit-papers';
import type { Permission } from '@/lib/auth/permissions';
import { AppError } from '@/lib/errors';
import type { TenantContext } from '@/lib/tenancy/context';
import type { LinkedPaper } from './policy';

type Found = { patientId: string; makePaper: Printable['makePaper'] };
/** What is the same on all papers of the branch at which a visit was. */
type FrameOf = (visitId: string) => Promise<PaperFrame>;
type Reader = (ctx: TenantContext, id: string, frameOf: FrameOf) => Promise<Found>;

const assertSigned = (isSigned: boolean): void => {
  if (!isSigned) throw new AppError('CONFLICT', 'Only what is signed and not void is sent.');
};

const READERS: Record<LinkedPaper, { needs: Permission; read: Reader }> = {
  prescription: {
    needs: 'prescriptions:read',
    async read(ctx, id, frameOf) {
      const found = await getPrescription(ctx, id);
      assertSigned(found.status === 'active');
      const { makePaper } = await printableOf(ctx, found, await frameOf(found.visitId));
      return { patientId: found.patientId, makePaper };
    },
  },
  glasses: {
    needs: 'prescriptions:read',
    async read(ctx, id, frameOf) {
      const found = await getSpectacles(ctx, id);
      assertSigned(!found.voided);
      const frame = await frameOf(found.visitId);
      return { patientId: found.patientId, makePaper: (mark) => spectaclesPaper(found, frame, mark) };
    },
  },
  'contact-lenses': {
    needs: 'prescriptions:read',
    async read(ctx, id, frameOf) {
      const found = await getContactLenses(ctx, id);
      assertSigned(!found.voided);
      const frame = await frameOf(found.visitId);
      return { patientId: found.patientId, makePaper: (mark) => contactLensPaper(found, frame, mark) };
    },
  },
  letter: {
    needs: 'letters:read',
    async read(ctx, id, frameOf) {
      const found = await getLetter(ctx, id);
      assertSigned(!found.voided);
      const frame = await frameOf(found.visitId);
      return { patientId: found.patientId, makePaper: (mark) => letterPaper(found, frame, mark) };
    },
  },
  summary: {
    needs: 'visits:read',
    async read(ctx, id, frameOf) {
      const [visit, examination] = await Promise.all([getVisit(ctx, id), findExamination(ctx, id)]);
      assertSigned(Boolean(examination?.signed));
      const { makePaper } = await readSummary(ctx, visit.id, await frameOf(visit.id));
      return { patientId: visit.patientId, makePaper };
    },
  },
};

/**
 * A paper that is to be sent, and whose it is.
 * @throws AppError FORBIDDEN where the person may not see such a paper, CONFLICT where it is not signed or is
 * void, NOT_FOUND.
 */
export async function readLinkedPaper(
  ctx: TenantContext,
  kind: LinkedPaper,
  id: string,
  frameOf: FrameOf,
): Promise<Found> {
  const { needs, read } = READERS[kind];
  if (!ctx.can(needs)) throw new AppError('FORBIDDEN', 'Your role does not show you this paper.');
  return read(ctx, id, frameOf);
}
