import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError } from '@/lib/errors';
import { newObjectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { getBillSettings } from '../../bill-settings/queries';
import { receiptModel } from '../../payments/model';
import { openShiftModel, shiftModel } from '../../shifts/model';
import { countedMinor, expectedCash } from '../../shifts/policy';
import { actorIdOf } from '../../shifts/queries';
import { assertExplained, readCount } from '../../shifts/service';
import { type HandoverOffer, toOffer } from '../dto';
import { handoverModel } from '../model';
import { MOST_SLIPS, SLIP_METHODS } from '../policy';
import { listReceivers } from '../queries';
import type { GiveDrawerInput } from '../schema';
import { AUDITED } from './answer-handover';

/** The card slips and cheques that a shift has taken, in order. */
async function slipsOf(ctx: TenantContext, shiftId: Types.ObjectId, session: ClientSession) {
  const receipts = await receiptModel(ctx)
    .find({ shiftId })
    .sort({ at: 1, _id: 1 })
    .select('number tenders')
    .session(session)
    .lean();
  const slips = receipts.flatMap(({ number, tenders }) =>
    tenders.flatMap(({ method, amountMinor, reference }) => {
      const kind = SLIP_METHODS.find((one) => one === method);
      return kind && amountMinor > 0
        ? [{ method: kind, number, reference: reference ?? '', amountMinor }]
        : [];
    }),
  );
  if (slips.length > MOST_SLIPS)
    throw new AppError(
      'CONFLICT',
      `There are ${slips.length} card slips and cheques, and at most ${MOST_SLIPS} are handed over. Count and close your shift instead.`,
    );
  return slips;
}

/**
 * Counts one's own drawer for a colleague who is to take it over. It takes nothing until they have answered;
 * nothing has moved before they accept.
 * @throws AppError CONFLICT without a shift of today, while it is offered already, or with more slips than
 * can be looked through; INVALID_INPUT for somebody who takes no payments, and for a difference without a
 * reason.
 */
export async function giveDrawer(ctx: TenantContext, input: GiveDrawerInput): Promise<HandoverOffer> {
  const [{ currency }, receivers] = await Promise.all([getBillSettings(ctx), listReceivers(ctx)]);
  const to = receivers.find(({ id }) => id === input.toId);
  if (!to) throw new AppError('INVALID_INPUT', 'Choose a colleague from the list.', { field: 'toId' });
  const count = readCount(input, currency.code);
  const counted = countedMinor(count);
  return auditedWrite(ctx, async (session) => {
    const at = new Date();
    const day = today(ctx.timeZone, at);
    const _id = newObjectId();
    const open = await openShiftModel(ctx).findById(actorIdOf(ctx)).session(session).lean();
    if (!open) throw new AppError('CONFLICT', 'You have no open shift to hand over.');
    // Touched before it is read: a receipt at the same moment comes before or not at all.
    const shift = await shiftModel(ctx)
      .findOneAndUpdate(
        { _id: open.shiftId, status: 'open', handoverId: op({ $exists: false }) },
        { $set: { handoverId: _id } },
        { session },
      )
      .lean();
    if (!shift) throw new AppError('CONFLICT', 'Your drawer is being handed over already.');
    if (shift.day !== day)
      throw new AppError('CONFLICT', 'This shift is of an earlier day. Count and close it instead.');
    const expected = expectedCash(shift);
    if (counted !== expected) assertExplained(input);
    const row = {
      ...{ _id, day, at, status: 'offered' as const, shiftId: shift._id },
      ...{ fromId: shift.cashierId, fromName: shift.cashierName, toId: to.id, toName: to.name },
      count: count.map((one) => ({ ...one })),
      ...{ countedMinor: counted, expectedMinor: expected, differenceMinor: counted - expected },
      ...(input.reason ? { reason: input.reason } : {}),
      slips: await slipsOf(ctx, shift._id, session),
    };
    await handoverModel(ctx).create([row], { session });
    ctx.audit?.about(`handover:${_id}`);
    noteChange<Record<string, unknown>>(ctx, null, row, AUDITED);
    return toOffer(await handoverModel(ctx).findById(_id).session(session).orFail().lean());
  });
}
