import 'server-only';
import { paperFrame, printedAmong } from '@/features/identity/papers/queries';
import { printPapers } from '@/features/identity/papers/service';
import { patientModel } from '@/features/patients/patients/model';
import { getPharmacySettings } from '@/features/pharmacy/pharmacy-settings/queries';
import { AppError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import { scopeOf } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { recallLetter } from './paper';
import { lettersTo } from './policy';
import { getRecall, traceLot } from './queries';

/**
 * A letter to each who got the lot and was not told, as one PDF, so many at a time; that they were printed is
 * kept. Of a branch, to who got it there.
 * @throws AppError NOT_FOUND; CONFLICT where there is nobody to write to.
 */
export async function printRecallLetters(ctx: TenantContext, recallId: string, branch?: string) {
  const recall = await getRecall(ctx, recallId);
  const [{ recipients: all }, frame, { pharmacist }] = await Promise.all([
    traceLot(ctx, recall, 'open', { most: Number.POSITIVE_INFINITY, scope: scopeOf(ctx, branch) }),
    paperFrame(ctx),
    getPharmacySettings(ctx),
  ]);
  const subjectOf = ({ patientId }: { patientId: string }) => `recall-letter:${recall.id}:${patientId}`;
  const printed = await printedAmong(ctx, all.map(subjectOf));
  const recipients = lettersTo(all, (one) => printed.has(subjectOf(one)));
  if (recipients.length === 0) throw new AppError('CONFLICT', 'Everybody who has it was told.');
  const ids = recipients.flatMap(({ isPatient, patientId }) => (isPatient ? [objectId(patientId)] : []));
  const patients = await patientModel(ctx)
    .find({ _id: op({ $in: ids }) })
    .select('address city postalCode')
    .lean();
  const addressOf = new Map(
    patients.map(({ _id, address, city, postalCode }) => [
      _id.toString(),
      [address, city, postalCode].filter(Boolean).join(', '),
    ]),
  );
  const day = today(ctx.timeZone);
  const content = await printPapers(
    ctx,
    recipients.map((recipient) => ({
      subject: subjectOf(recipient),
      // No copy: who is written once more gets a letter.
      makePaper: () =>
        recallLetter(recall, { ...recipient, address: addressOf.get(recipient.patientId) ?? '' }, frame, {
          pharmacist,
          day,
        }),
    })),
  );
  return {
    name: `recall-${recall.lotNumber.replace(/[^\w-]/g, '')}.pdf`,
    contentType: 'application/pdf',
    content,
    isInline: true,
  };
}
