import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { newObjectId, objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { getBillSettings } from '../bill-settings/queries';
import { receiptModel } from '../payments/model';
import { openShiftModel, shiftModel } from '../shifts/model';
import { countedMinor, expectedCash } from '../shifts/policy';
import { actorIdOf } from '../shifts/queries';
import { assertExplained, readCount } from '../shifts/service';
import { type Handover, type HandoverOffer, type HandoverRow, toHandover, toOffer } from './dto';
import { handoverModel } from './model';
import { HANDOVER_LABEL, MOST_SLIPS, SLIP_METHODS } from './policy';
import { listReceivers } from './queries';
import type { AcceptHandoverInput, GiveDrawerInput, RefuseHandoverInput } from './schema';

const AUDITED = [
  ...(['fromName', 'toName', 'status', 'countedMinor', 'differenceMinor', 'answeredByName'] as const),
  ...(['receivedMinor', 'receivedDifferenceMinor'] as const),
];

/** The card slips and cheques that a shift has taken, in order. */
async function slipsOf(ctx: TenantContext, shiftId: Types.ObjectId, session: ClientSession) {
  const receipts = await receiptModel(ctx)
    .find({ shiftId })
    .sort({ at: 1, _id: 1 })
    .select('number tenders')
    .session(session)
    .lean();
  return receipts
    .flatMap(({ number, tenders }) =>
      tenders.flatMap(({ method, amountMinor, reference }) => {
        const kind = SLIP_METHODS.find((one) => one === method);
        return kind && amountMinor > 0
          ? [{ method: kind, number, reference: reference ?? '', amountMinor }]
          : [];
      }),
    )
    .slice(0, MOST_SLIPS);
}

/**
 * Counts one's own drawer for a colleague who is to take it over. It takes nothing until they have answered;
 * nothing has moved before they accept.
 * @throws AppError CONFLICT without a shift of today, or while it is offered already; INVALID_INPUT for
 * somebody who takes no payments, and for a difference without a reason.
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

type Answer = Pick<HandoverRow, 'status' | 'answer' | 'toShiftId' | 'receivedMinor'> &
  Record<string, unknown>;

/** Answers what is still offered. @throws AppError NOT_FOUND, CONFLICT when it has been answered. */
async function answer(
  ctx: TenantContext,
  handoverId: string,
  isMine: (row: HandoverRow) => boolean,
  change: (row: HandoverRow, session: ClientSession) => Promise<Answer>,
): Promise<Handover> {
  const _id = objectId(handoverId, 'handover');
  return auditedWrite(ctx, async (session) => {
    // Touched first: of two answers at the same moment one comes second and is refused.
    const before = await handoverModel(ctx)
      .findOneAndUpdate({ _id }, { $set: { updatedAt: new Date() } }, { session })
      .lean();
    if (!before || !isMine(before)) throw notFoundError('handover');
    if (before.status !== 'offered')
      throw new AppError('CONFLICT', `${HANDOVER_LABEL[before.status]} by now.`);
    const told = { answeredAt: new Date(), answeredByName: ctx.actor.name };
    const row = await handoverModel(ctx)
      .findOneAndUpdate(
        { _id },
        { $set: { ...told, ...(await change(before, session)) } },
        { session, returnDocument: 'after' },
      )
      .orFail()
      .lean();
    ctx.audit?.about(`handover:${_id}`);
    noteChange<Record<string, unknown>>(ctx, before, row, AUDITED);
    return toHandover(row);
  });
}

const isTo = (ctx: TenantContext) => (row: HandoverRow) => row.toId === actorIdOf(ctx);

/** The drawer of who offered it takes payments again, as if nothing had been asked. */
async function restoreDrawer(ctx: TenantContext, { shiftId, _id }: HandoverRow, session: ClientSession) {
  await shiftModel(ctx).updateOne(
    { _id: shiftId, handoverId: _id },
    { $unset: { handoverId: '' } },
    { session },
  );
}

/** Says no, with the reason: both drawers are as they were. @throws AppError NOT_FOUND, CONFLICT. */
export const refuseHandover = (
  ctx: TenantContext,
  { handoverId, reason }: RefuseHandoverInput,
): Promise<Handover> =>
  answer(ctx, handoverId, isTo(ctx), async (row, session) => {
    await restoreDrawer(ctx, row, session);
    return { status: 'refused', answer: reason };
  });

/** Takes back what was offered: who offered it, or who closes the day. @throws AppError NOT_FOUND, CONFLICT. */
export const withdrawHandover = (
  ctx: TenantContext,
  { handoverId }: { handoverId: string },
): Promise<Handover> =>
  answer(
    ctx,
    handoverId,
    ({ fromId }) => fromId === actorIdOf(ctx) || ctx.can('days:write'),
    async (row, session) => {
      await restoreDrawer(ctx, row, session);
      return { status: 'withdrawn' };
    },
  );

/**
 * Takes a drawer over with one's own count: the shift of who gave it ends, and the cash is in one's own from
 * now on. Two counts that differ, and slips that are not there, are named and explained.
 * @throws AppError NOT_FOUND, CONFLICT when it has been answered or one's own shift is of another day;
 * INVALID_INPUT without a reason.
 */
export async function acceptHandover(ctx: TenantContext, input: AcceptHandoverInput): Promise<Handover> {
  const { currency } = await getBillSettings(ctx);
  const count = readCount(input, currency.code);
  const received = countedMinor(count);
  return answer(ctx, input.handoverId, isTo(ctx), async (row, session) => {
    const there = new Set(input.slip);
    const slips = row.slips.map((one, index) => ({ ...one, isThere: there.has(index) }));
    const isAsGiven = received === row.countedMinor && slips.every(({ isThere }) => isThere);
    // As with any count: neither how much nor which way.
    if (!isAsGiven && !input.reason)
      throw new AppError(
        'INVALID_INPUT',
        'This is not what was handed over. Count again together, refuse it, or write what may be the reason.',
        { field: 'reason' },
      );
    const shift = await closeGiven(ctx, row, session);
    const toShiftId = await putIntoOwn(ctx, { received, floatMinor: shift.floatMinor }, session);
    return {
      ...{ status: 'accepted', toShiftId, slips, receivedMinor: received },
      receivedCount: count.map((one) => ({ ...one })),
      receivedDifferenceMinor: received - row.countedMinor,
      ...(input.reason ? { answer: input.reason } : {}),
    };
  });
}

/** The shift of who gave its drawer ends with their count, of which nothing is left in it. */
async function closeGiven(ctx: TenantContext, row: HandoverRow, session: ClientSession) {
  const shift = await shiftModel(ctx)
    .findOneAndUpdate(
      { _id: row.shiftId, status: 'open', handoverId: row._id },
      {
        $set: {
          ...{ status: 'closed' as const, closedAt: new Date() },
          ...{ closedById: row.fromId, closedByName: row.fromName },
          count: row.count.map(({ kind, faceMinor, pieces }) => ({ kind, faceMinor, pieces })),
          ...{ countedMinor: row.countedMinor, expectedMinor: row.expectedMinor },
          ...{ differenceMinor: row.differenceMinor, depositedMinor: 0, isToDeposit: false },
          ...{ handedMinor: row.countedMinor, handedToName: row.toName },
          ...(row.reason ? { reason: row.reason } : {}),
        },
        $unset: { handoverId: '' },
      },
      { session },
    )
    .lean();
  if (!shift) throw new AppError('CONFLICT', 'This shift is closed by now.');
  await openShiftModel(ctx).deleteOne({ _id: row.fromId }, { session });
  return shift;
}

/** Into the open shift of the person who takes over, or into one that begins with it. */
async function putIntoOwn(
  ctx: TenantContext,
  { received, floatMinor }: { received: number; floatMinor: number },
  session: ClientSession,
): Promise<Types.ObjectId> {
  const at = new Date();
  const day = today(ctx.timeZone, at);
  const cashierId = actorIdOf(ctx);
  const open = await openShiftModel(ctx).findById(cashierId).session(session).lean();
  if (open) {
    const own = await shiftModel(ctx)
      .findOneAndUpdate(
        { _id: open.shiftId, status: 'open', handoverId: op({ $exists: false }) },
        { $inc: { receivedMinor: received } },
        { session },
      )
      .lean();
    if (!own) throw new AppError('CONFLICT', 'Your own drawer is being handed over. Take that back first.');
    if (own.day !== day)
      throw new AppError('CONFLICT', 'Your own shift is of an earlier day. Count and close it first.');
    return own._id;
  }
  const _id = newObjectId();
  const float = Math.min(floatMinor, received);
  await openShiftModel(ctx).create([{ _id: cashierId, shiftId: _id }], { session });
  const row = {
    ...{ _id, cashierId, cashierName: ctx.actor.name, day, openedAt: at, status: 'open' as const },
    ...{ floatMinor: float, receivedMinor: received - float, receipts: 0 },
    totals: { cash: 0, card: 0, upi: 0, transfer: 0, cheque: 0 },
  };
  await shiftModel(ctx).create([row], { session });
  return _id;
}
