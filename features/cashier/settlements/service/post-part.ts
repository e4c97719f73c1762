import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { AppError } from '@/lib/errors';
import { op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { billModel } from '../../bills/model';
import { postToClaim } from '../../claims/service';
import type { Bearer, SettledPart } from '../policy';

type Part = SettledPart & { bearer: Bearer };

/**
 * Enters a part of a transfer in its claim and its bill: what the payer owes falls, and what the patient
 * bears of a cut is due from the patient again. Parts below zero take back what was entered.
 * @throws AppError CONFLICT for more than is open, or where the patient has paid the cut already.
 */
export async function postPart(
  ctx: TenantContext,
  claimId: Types.ObjectId,
  { part, what, note, at }: { part: Part; what: string; note: string | null; at: Date },
  session: ClientSession,
) {
  const { receivedMinor, tdsMinor, cutMinor, bearer } = part;
  const returnedMinor = bearer === 'patient' ? cutMinor : 0;
  const writtenOffMinor = bearer === 'patient' ? 0 : cutMinor;
  const claim = await postToClaim(
    ctx,
    claimId,
    { part: { receivedMinor, tdsMinor, writtenOffMinor, returnedMinor }, what, note, at },
    session,
  );
  if (!claim.billId) throw new Error(`Claim ${claim.number} is of no bill`);
  const bill = await billModel(ctx)
    .findOneAndUpdate(
      // Less than nothing takes back what the patient was asked for: it must still be due.
      { _id: claim.billId, ...(returnedMinor < 0 ? { dueMinor: op({ $gte: -returnedMinor }) } : {}) },
      {
        $inc: {
          payerDueMinor: -(receivedMinor + tdsMinor + cutMinor),
          ...(returnedMinor === 0 ? {} : { payerMinor: -returnedMinor, dueMinor: returnedMinor }),
        },
      },
      { session, returnDocument: 'after' },
    )
    .lean();
  if (!bill)
    throw new AppError(
      'CONFLICT',
      `The patient has paid what was cut from claim ${claim.number}. Refund it first.`,
    );
  const isDue = bill.dueMinor > 0;
  if (isDue !== bill.isDue)
    await billModel(ctx).updateOne({ _id: bill._id }, { $set: { isDue } }, { session });
  return claim;
}
