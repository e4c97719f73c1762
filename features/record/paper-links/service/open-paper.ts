import 'server-only';
import { contactLensesModel } from '@/features/record/contact-lenses/model';
import { letterModel } from '@/features/record/letters/model';
import { prescriptionModel } from '@/features/record/prescriptions/model';
import { spectaclesModel } from '@/features/record/spectacles/model';
import { recordAudit } from '@/lib/audit/record';
import type { RequestFacts } from '@/lib/auth/request';
import { hashToken, isSameSecret } from '@/lib/crypto/cipher';
import { AppError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId, op } from '@/lib/mongo';
import { STATE_ALLOWS } from '@/lib/organizations/policy';
import type { PaperDocument } from '@/lib/paper';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { paperLinkModel } from '../model';
import { MOST_TRIES } from '../policy';
import type { OpenPaperInput } from '../schema';
import { readLinkToken } from '../token';

const unusable = (): AppError =>
  new AppError(
    'NOT_FOUND',
    'This link can no longer be used. It may be older than a week, or closed. Ask the hospital to send it again.',
  );

/**
 * What a link shows to somebody who knows the year of birth. Each wrong year counts, and the fifth closes the
 * link; a right one is in the hospital's log, as a wrong one is.
 * @throws AppError NOT_FOUND for a link that is forged, too old, closed, of a paper that is void or of a
 * hospital that is closed;
 * INVALID_INPUT for a wrong year.
 */
export async function openPaper(
  { token, birthYear }: OpenPaperInput,
  { requestId, ip, userAgent }: RequestFacts,
  now = new Date(),
): Promise<PaperDocument> {
  const place = readLinkToken(token, now);
  if (!place) throw unusable();
  const organization = await organizationModel
    .findById(objectId(place.organizationId))
    .select('status suspension hold')
    .lean();
  const isClosed = organization?.suspension || organization?.hold?.mode === 'closed';
  if (!organization || isClosed || !STATE_ALLOWS[organization.status].read) throw unusable();
  return withTenantDatabase(place.organizationId, async (db) => {
    const visitor = {
      db,
      actor: { kind: 'system' as const, name: 'Somebody with the link' },
      ...{ requestId, request: { ip, userAgent } },
    };
    const found = await tryYear(db, place, birthYear, now);
    const target = `paper-link:${place.linkId}`;
    if (found)
      await recordAudit(visitor, {
        action: 'paper-link.open',
        target,
        result: found.isRight ? 'ok' : 'refused',
      });
    if (!found) throw unusable();
    if (found.isRight) return found.paper;
    const left = MOST_TRIES - found.tries;
    throw new AppError(
      'INVALID_INPUT',
      left > 0
        ? `This is not the year that the hospital has. ${left} more ${left === 1 ? 'try' : 'tries'}.`
        : 'This is not the year that the hospital has. The link is closed now: ask the hospital to send it again.',
      { field: 'birthYear' },
    );
  });
}

/** Whether what was sent was declared void since: a wrong paper must not be read on from a mail. */
async function isVoid(db: TenantDatabase, of: string): Promise<boolean> {
  const [kind, id = ''] = of.split(':');
  const voided = { _id: objectId(id), voidedAt: op({ $exists: true }) };
  if (kind === 'letter') return Boolean(await letterModel({ db }).exists(voided));
  if (kind === 'prescription') return Boolean(await prescriptionModel({ db }).exists(voided));
  if (kind === 'glasses') return Boolean(await spectaclesModel({ db }).exists(voided));
  return kind === 'contact-lenses' && Boolean(await contactLensesModel({ db }).exists(voided));
}

/** Counts the try before it looks, so that many at the same time are no more than five. */
async function tryYear(
  db: TenantDatabase,
  { linkId, secret }: { linkId: string; secret: string },
  birthYear: number,
  now: Date,
): Promise<{ isRight: true; paper: PaperDocument } | { isRight: false; tries: number } | null> {
  const model = paperLinkModel({ db });
  const _id = objectId(linkId, 'link');
  const known = await model.findById(_id).select('tokenHash of').lean();
  if (!known || !isSameSecret(hashToken(secret), known.tokenHash)) return null;
  if (await isVoid(db, known.of)) return null;
  const row = await model
    .findOneAndUpdate(
      {
        _id,
        tries: op({ $lt: MOST_TRIES }),
        expiresAt: op({ $gt: now }),
        revokedAt: op({ $exists: false }),
      },
      { $inc: { tries: 1 } },
      { returnDocument: 'after' },
    )
    .lean();
  if (!row) return null;
  if (!row.birthYears.split(',').includes(String(birthYear))) return { isRight: false, tries: row.tries };
  await model.updateOne({ _id }, { $inc: { tries: -1, opens: 1 }, $set: { lastOpenedAt: now } });
  return { isRight: true, paper: JSON.parse(row.content) as PaperDocument };
}
