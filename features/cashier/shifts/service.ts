import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, formatDay, today } from '@/lib/time';
import { getBillSettings } from '../bill-settings/queries';
import { minorIn } from '../bill-settings/service';
import { type Shift, toShift } from './dto';
import { moneyDayModel, openShiftModel, shiftModel } from './model';
import { type Count, countedMinor, denominationKey, denominationsOf, type MoneyMethod } from './policy';
import { actorIdOf } from './queries';
import type { CloseOtherShiftInput, CloseShiftInput, OpenShiftInput } from './schema';

const noShift = (): AppError =>
  new AppError('CONFLICT', 'Open your shift first, with the cash that is in the drawer.');

/**
 * Opens one's own shift with the cash that lies in the drawer. @throws AppError CONFLICT while one is open.
 */
export async function openShift(ctx: TenantContext, { float }: OpenShiftInput): Promise<Shift> {
  const cashierId = actorIdOf(ctx);
  const { currency } = await getBillSettings(ctx);
  const row = {
    _id: newObjectId(),
    cashierId,
    cashierName: ctx.actor.name,
    status: 'open' as const,
    floatMinor: minorIn(currency.code, float, 'float'),
    totals: { cash: 0, card: 0, upi: 0, transfer: 0, cheque: 0 },
    receipts: 0,
  };
  try {
    return await auditedWrite(ctx, async (session) => {
      const openedAt = new Date();
      await openShiftModel(ctx).create([{ _id: cashierId, shiftId: row._id }], { session });
      const dated = { ...row, openedAt, day: today(ctx.timeZone, openedAt) };
      await shiftModel(ctx).create([dated], { session });
      ctx.audit?.about(`shift:${row._id}`);
      return toShift(await shiftModel(ctx).findById(row._id).session(session).orFail().lean());
    });
  } catch (error) {
    if (duplicateKey(error)) throw new AppError('CONFLICT', 'Your shift is open already.');
    throw error;
  }
}

/** The count as typed, by the denominations of the currency. @throws AppError INVALID_INPUT for others. */
function readCount(input: CloseShiftInput, currency: string): Count {
  const known = new Map(denominationsOf(currency).map((one) => [denominationKey(one), one]));
  return input.denomination.map((key, index) => {
    const denomination = known.get(key);
    if (!denomination) throw new AppError('INVALID_INPUT', 'Open this again.', { field: 'pieces' });
    return { ...denomination, pieces: input.pieces[index] ?? 0 };
  });
}

/**
 * Closes one's own shift with what was counted. What the drawer should hold is said only afterwards.
 * @throws AppError CONFLICT without an open shift, INVALID_INPUT for a difference without a reason.
 */
export function closeShift(ctx: TenantContext, input: CloseShiftInput): Promise<Shift> {
  return closeDrawer(ctx, input, async (session) => {
    const open = await openShiftModel(ctx).findById(actorIdOf(ctx)).session(session).lean();
    if (!open) throw noShift();
    return open;
  });
}

/**
 * Closes a shift that its cashier has left open, with what a manager counted in the drawer. It says who did.
 * @throws AppError NOT_FOUND, CONFLICT when it is closed, INVALID_INPUT for a difference without a reason.
 */
export function closeOtherShift(ctx: TenantContext, input: CloseOtherShiftInput): Promise<Shift> {
  const shiftId = objectId(input.shiftId, 'shift');
  return closeDrawer(ctx, input, async (session) => {
    const shift = await shiftModel(ctx).findById(shiftId).session(session).select('cashierId').lean();
    if (!shift) throw notFoundError('shift');
    const open = await openShiftModel(ctx).findById(shift.cashierId).session(session).lean();
    if (!open?.shiftId.equals(shiftId)) throw new AppError('CONFLICT', 'This shift is closed already.');
    return open;
  });
}

type OpenDrawer = { _id: string; shiftId: Types.ObjectId };

async function closeDrawer(
  ctx: TenantContext,
  input: CloseShiftInput,
  findOpen: (session: ClientSession) => Promise<OpenDrawer>,
): Promise<Shift> {
  const { currency } = await getBillSettings(ctx);
  const count = readCount(input, currency.code);
  const counted = countedMinor(count);
  return auditedWrite(ctx, async (session) => {
    const open = await findOpen(session);
    // Touched before it is read: a receipt at the same moment comes before or not at all.
    const shift = await shiftModel(ctx)
      .findOneAndUpdate({ _id: open.shiftId, status: 'open' }, { $set: { status: 'closed' } }, { session })
      .lean();
    if (!shift) throw noShift();
    const expected = shift.floatMinor + shift.totals.cash;
    const difference = counted - expected;
    // Neither how much nor which way: who knew it could take it out or put it in before the reason.
    if (difference !== 0 && !input.reason)
      throw new AppError(
        'INVALID_INPUT',
        'The count is not what the drawer should hold. Count again, or write what may be the reason.',
        { field: 'reason' },
      );
    const row = await shiftModel(ctx)
      .findOneAndUpdate(
        { _id: shift._id },
        {
          $set: {
            closedAt: new Date(),
            closedById: actorIdOf(ctx),
            closedByName: ctx.actor.name,
            count: count.map((one) => ({ ...one })),
            countedMinor: counted,
            expectedMinor: expected,
            differenceMinor: difference,
            depositedMinor: 0,
            isToDeposit: counted > shift.floatMinor,
            ...(input.reason ? { reason: input.reason } : {}),
          },
        },
        { session, returnDocument: 'after' },
      )
      .orFail()
      .lean();
    await openShiftModel(ctx).deleteOne({ _id: open._id }, { session });
    ctx.audit?.about(`shift:${row._id}`);
    noteChange<Record<string, unknown>>(ctx, null, row, [
      ...(['cashierName', 'day', 'closedByName'] as const),
      ...(['countedMinor', 'expectedMinor', 'differenceMinor'] as const),
    ]);
    return toShift(row);
  });
}

/** Money by method that moves through a drawer; less than nothing is paid out. */
export type DrawerMovement = Partial<Record<MoneyMethod, number>>;

/**
 * Puts money into the open shift of the person who works, in the transaction of the receipt.
 * @throws AppError CONFLICT without a shift of today, or when more cash would leave than the drawer holds.
 */
export async function moveThroughShift(
  ctx: TenantContext,
  day: Day,
  moved: DrawerMovement,
  session: ClientSession,
  { isReceipt = true }: { isReceipt?: boolean } = {},
) {
  const open = await openShiftModel(ctx).findById(actorIdOf(ctx)).session(session).lean();
  if (!open) throw noShift();
  const raised = Object.fromEntries(
    Object.entries(moved).map(([method, minor]) => [`totals.${method}`, minor]),
  );
  const shift = await shiftModel(ctx)
    .findOneAndUpdate(
      { _id: open.shiftId, status: 'open' },
      { $inc: { ...raised, ...(isReceipt ? { receipts: 1 } : {}) } },
      { session, returnDocument: 'after' },
    )
    .lean();
  if (!shift) throw noShift();
  if (shift.day !== day)
    throw new AppError(
      'CONFLICT',
      `Your shift of ${formatDay(shift.day)} is still open. Count and close it, then open one for today.`,
    );
  if ((moved.cash ?? 0) < 0 && shift.floatMinor + shift.totals.cash < 0)
    throw new AppError('CONFLICT', 'There is not that much cash in your drawer.');
  return { shiftId: shift._id, cashierId: shift.cashierId, cashierName: shift.cashierName };
}

/**
 * Takes cash of a closed shift to the bank, in the transaction of the deposit; an amount below zero has come
 * back.
 * @throws AppError NOT_FOUND, CONFLICT when it is open or there is not that much of it left.
 */
export async function depositOfShift(
  ctx: TenantContext,
  shiftId: string,
  amountMinor: number,
  session: ClientSession,
) {
  const _id = objectId(shiftId, 'shift');
  const row = await shiftModel(ctx)
    .findOneAndUpdate(
      { _id, status: 'closed' },
      { $inc: { depositedMinor: amountMinor } },
      { session, returnDocument: 'after' },
    )
    .lean();
  if (!row && (await shiftModel(ctx).exists({ _id }).session(session)))
    throw new AppError('CONFLICT', 'This shift is still open. Count and close it first.');
  if (!row) throw notFoundError('shift');
  const left = (row.countedMinor ?? 0) - (row.depositedMinor ?? 0);
  if (left < 0)
    throw new AppError('CONFLICT', `There is not that much left of the shift of ${row.cashierName}.`, {
      field: 'amount',
    });
  const isToDeposit = left > row.floatMinor;
  await shiftModel(ctx).updateOne({ _id }, { $set: { isToDeposit } }, { session });
  return { shiftId: _id, cashierName: row.cashierName, shiftDay: row.day };
}

/**
 * Makes the row of a day, outside of any transaction: two first uses inside of one would abort each other.
 */
export async function ensureMoneyDay(ctx: TenantContext, day: Day): Promise<void> {
  try {
    const start = { $setOnInsert: { isClosed: false, rows: 0 } };
    await moneyDayModel(ctx).updateOne({ _id: day }, start, { upsert: true });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
  }
}

/** Counts a document into its day, in its transaction. @throws AppError CONFLICT when the day is closed. */
export async function enterDay(ctx: TenantContext, day: Day, session: ClientSession): Promise<void> {
  const { matchedCount } = await moneyDayModel(ctx).updateOne(
    { _id: day, isClosed: false },
    { $inc: { rows: 1 } },
    { session },
  );
  if (matchedCount === 0)
    throw new AppError('CONFLICT', `${formatDay(day)} is closed. Nothing more can be entered for it.`);
}
