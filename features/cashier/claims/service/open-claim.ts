import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, shiftDay } from '@/lib/time';
import type { BillSettings } from '../../bill-settings/dto';
import { takeNumber } from '../../bill-settings/service';
import { withEvent } from '../history';
import { claimModel } from '../model';
import { type ClaimMode, turnOf } from '../policy';
import type { ChosenPayer } from '../queries';

type Id = Types.ObjectId;

type ClaimedBill = {
  billId: Id;
  billNumber: string;
  patientId: Id;
  patient: { name: string; number: string };
};

type Scope = { session: ClientSession; settings: BillSettings; at: Date; day: Day };

/**
 * Asks a payer for its share of a bill, in the transaction that issues the bill or takes the share off it. An
 * approval that was given before becomes the claim. The hospital's own charity bears its share at once.
 * @returns what of the share is open with the payer.
 */
export async function openClaim(
  ctx: TenantContext,
  { payer, coverage, authorization }: ChosenPayer,
  { bill, shareMinor, mode }: { bill: ClaimedBill; shareMinor: number; mode: ClaimMode },
  { session, settings, at, day }: Scope,
): Promise<{ openMinor: number }> {
  const claimedMinor = mode === 'cashless' ? shareMinor : 0;
  const writtenOffMinor = payer.isOwnFund ? claimedMinor : 0;
  const openMinor = claimedMinor - writtenOffMinor;
  const stage = 'claim' as const;
  const status = payer.isOwnFund ? ('settled' as const) : ('draft' as const);
  const what = payer.isOwnFund
    ? `Borne by the hospital, bill ${bill.billNumber}`
    : mode === 'reimbursement'
      ? `Papers for bill ${bill.billNumber}`
      : `Share of bill ${bill.billNumber}`;
  const event = { at: at.toISOString(), byName: ctx.actor.name, what, amountMinor: shareMinor, note: null };
  const moved = {
    ...{ stage, status, turn: turnOf({ stage, status, mode }), day, at },
    ...{ billId: bill.billId, billNumber: bill.billNumber, askedMinor: shareMinor },
    ...{ claimedMinor, writtenOffMinor, openMinor, isOpen: openMinor > 0 },
    ...(payer.creditDays === null ? {} : { dueDay: shiftDay(day, payer.creditDays) }),
  };
  if (authorization) {
    const row = await claimModel(ctx)
      .findOneAndUpdate(
        { _id: objectId(authorization.id, 'claim'), stage: 'authorization', version: authorization.version },
        { $set: moved, $inc: { version: 1 } },
        { session, returnDocument: 'after' },
      )
      .orFail()
      .lean();
    await claimModel(ctx).updateOne(
      { _id: row._id },
      { $set: { history: withEvent(row.history, event) } },
      { session },
    );
    return { openMinor };
  }
  await claimModel(ctx).create(
    [
      {
        _id: newObjectId(),
        ...{ payerId: objectId(payer.id), payerName: payer.name, payerKind: payer.kind, mode },
        ...(coverage ? { coverageId: objectId(coverage.id) } : {}),
        ...(coverage?.policyNumber ? { policyNumber: coverage.policyNumber } : {}),
        ...(coverage?.memberId ? { memberId: coverage.memberId } : {}),
        patientId: bill.patientId,
        patient: bill.patient,
        ...moved,
        ...{ currency: settings.currency.code, byName: ctx.actor.name, version: 0 },
        history: withEvent(null, event),
        number: await takeNumber(ctx, settings, { kind: 'claim', day }, session),
      },
    ],
    { session },
  );
  return { openMinor };
}
