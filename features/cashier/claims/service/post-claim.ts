import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { AppError, notFoundError } from '@/lib/errors';
import { op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import type { ClaimRow } from '../dto';
import { withEvent } from '../history';
import { claimModel } from '../model';
import { turnOf } from '../policy';

/** What becomes of a part of a claim; less than nothing takes back what was entered before. */
export type ClaimPart = {
  receivedMinor: number;
  tdsMinor: number;
  writtenOffMinor: number;
  returnedMinor: number;
};

const sumOf = (part: ClaimPart): number =>
  part.receivedMinor + part.tdsMinor + part.writtenOffMinor + part.returnedMinor;

/**
 * Enters what became of a part of a claim, in the transaction of what it comes from. With nothing left
 * open it is settled; taken back, it waits for the payer again.
 * @throws AppError NOT_FOUND; CONFLICT for more than is open: a colleague has entered it meanwhile.
 */
export async function postToClaim(
  ctx: TenantContext,
  claimId: Types.ObjectId,
  { part, what, note, at }: { part: ClaimPart; what: string; note: string | null; at: Date },
  session: ClientSession,
): Promise<ClaimRow> {
  const before = await claimModel(ctx).findOne({ _id: claimId, stage: 'claim' }).session(session).lean();
  if (!before) throw notFoundError('claim');
  const sum = sumOf(part);
  if (sum > before.openMinor)
    throw new AppError('CONFLICT', `Less is open on claim ${before.number} now. Open this again.`);
  const openMinor = before.openMinor - sum;
  const { stage, mode } = before;
  const isReopened = sum < 0 && before.status === 'settled';
  const status = openMinor === 0 ? 'settled' : isReopened ? 'sent' : before.status;
  const event = { at: at.toISOString(), byName: ctx.actor.name, what, amountMinor: sum, note };
  const row = await claimModel(ctx)
    .findOneAndUpdate(
      { _id: claimId, openMinor: before.openMinor, version: before.version },
      {
        $inc: { ...part, openMinor: -sum, version: 1 },
        $set: {
          ...{ isOpen: openMinor > 0, status, turn: turnOf({ stage, status, mode }) },
          history: withEvent(before.history, event),
        },
      },
      { session, returnDocument: 'after' },
    )
    .orFail()
    .lean();
  return row;
}

/**
 * Takes less from the payers of a bill because its services were taken back; the newest claim gives first.
 * @throws AppError CONFLICT where the payers have settled it already: it would be theirs to get back.
 */
export async function releaseClaims(
  ctx: TenantContext,
  billId: Types.ObjectId,
  { minor, what, at }: { minor: number; what: string; at: Date },
  session: ClientSession,
): Promise<void> {
  if (minor <= 0) return;
  const rows = await claimModel(ctx)
    .find({ billId, isOpen: true, openMinor: op({ $gt: 0 }) })
    .sort({ at: -1 })
    .session(session)
    .lean();
  const open = rows.reduce((sum, row) => sum + row.openMinor, 0);
  if (open < minor)
    throw new AppError(
      'CONFLICT',
      'The payer has settled its share of this bill. Reverse the settlement first, then take the services back.',
    );
  let rest = minor;
  for (const row of rows) {
    const part = Math.min(row.openMinor, rest);
    if (part <= 0) continue;
    rest -= part;
    const openMinor = row.openMinor - part;
    const status = openMinor === 0 ? 'settled' : row.status;
    const event = { at: at.toISOString(), byName: ctx.actor.name, what, amountMinor: -part, note: null };
    await claimModel(ctx).updateOne(
      { _id: row._id },
      {
        $inc: { claimedMinor: -part, openMinor: -part, version: 1 },
        $set: {
          ...{ isOpen: openMinor > 0, status, turn: turnOf({ stage: row.stage, status, mode: row.mode }) },
          history: withEvent(row.history, event),
        },
      },
      { session },
    );
  }
}
