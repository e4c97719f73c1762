import 'server-only';
import type { ClientSession } from 'mongoose';
import { AppError, duplicateKey } from '../errors';
import { masterRequestKeyModel } from '../master/models/request-key';
import { requestKeyModel } from '../tenancy/request-key-model';
import type { TenantDatabase } from '../tenancy/tenant-database';
import type { AuditDraft } from './draft';

/** How long a browser may go on asking for the answer to the same press. */
const REQUEST_KEY_HOURS = 24;

export const expiryOf = (now: Date): Date => new Date(now.getTime() + REQUEST_KEY_HOURS * 3_600_000);

/** Where the rows of a claim are: in the database of the change itself. */
export const requestKeysOf = (place: { db: TenantDatabase } | 'master') =>
  place === 'master' ? masterRequestKeyModel : requestKeyModel(place);

/**
 * The first thing in the transaction of a change: the same press cannot commit twice, and a second one that
 * comes while the first is under way waits for it. Only the first transaction of an action claims.
 * @throws AppError CONFLICT when the press has done its work already; the gate then gives the first answer.
 */
export async function claimRequest(
  place: { db: TenantDatabase } | 'master',
  draft: AuditDraft | undefined,
  session: ClientSession,
): Promise<void> {
  if (!draft?.requestId || draft.written.size > 0) return;
  const row = { _id: draft.requestId, action: draft.action, expiresAt: expiryOf(new Date()) };
  try {
    if (place === 'master') await masterRequestKeyModel.insertMany([row], { session });
    else await requestKeyModel(place).insertMany([row], { session });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    throw new AppError('CONFLICT', 'This was done already.', { cause: error });
  }
}

/** The transaction changed nothing: the press has still to do its work. */
export async function releaseRequest(
  place: { db: TenantDatabase } | 'master',
  draft: AuditDraft | undefined,
  session: ClientSession,
): Promise<void> {
  if (!draft?.requestId || draft.written.size > 0) return;
  if (place === 'master') await masterRequestKeyModel.deleteOne({ _id: draft.requestId }, { session });
  else await requestKeyModel(place).deleteOne({ _id: draft.requestId }, { session });
}
