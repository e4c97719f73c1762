import 'server-only';
import type { ClientSession } from 'mongoose';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import { movedTo, storedAt } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { getBillSettings } from '../bill-settings/queries';
import { fixCurrency, minorIn } from '../bill-settings/service';
import { takeNumber } from '../bills/service/number';
import { coinProblem } from '../shifts/policy';
import { actorIdOf } from '../shifts/queries';
import { ensureMoneyDay, enterDay, moveThroughShift } from '../shifts/service';
import { type Expense, type ExpenseRow, toExpense } from './dto';
import { expenseModel } from './model';
import { EXPENSE_LABEL, type ExpenseState } from './policy';
import type { AskExpenseInput } from './schema';

const AUDITED = [
  'number',
  'status',
  'category',
  'amountMinor',
  'from',
  'decidedByName',
  'paidByName',
] as const;
/** Who may approve those of others has their own approved with the asking. */
const mayApprove = (ctx: TenantContext): boolean => ctx.can('expense-approvals:write');

async function findByKey(ctx: TenantContext, requestKey: string): Promise<Expense | null> {
  const row = await expenseModel(ctx).findOne({ requestKey }).lean();
  return row ? toExpense(row) : null;
}

/** Runs a write of an expense in the turn of money; the same press gives what the first one gave. */
async function writeOnce(
  ctx: TenantContext,
  requestKey: string,
  work: (session: ClientSession) => Promise<Expense>,
): Promise<Expense> {
  const done = await findByKey(ctx, requestKey);
  if (done) return done;
  await fixCurrency(ctx, ctx.organization.country);
  await ensureMoneyDay(ctx, today(ctx.timeZone));
  try {
    return await auditedWrite(ctx, work, { inTurn: 'money' });
  } catch (error) {
    const twice = duplicateKey(error) ? await findByKey(ctx, requestKey) : null;
    if (twice) return twice;
    throw error;
  }
}

/**
 * Asks for money for something. Nothing is paid by that; who may approve has it approved.
 * @throws AppError INVALID_INPUT for an amount of nothing.
 */
export async function askExpense(ctx: TenantContext, input: AskExpenseInput): Promise<Expense> {
  const { requestKey, category, payee, note, from } = input;
  const settings = await getBillSettings(ctx);
  const amountMinor = minorIn(settings.currency.code, input.amount, 'amount');
  if (amountMinor <= 0)
    throw new AppError('INVALID_INPUT', 'Enter the amount, more than 0.', { field: 'amount' });
  const odd = from === 'drawer' ? coinProblem(amountMinor, settings.currency) : null;
  if (odd) throw new AppError('INVALID_INPUT', odd, { field: 'amount' });
  return writeOnce(ctx, requestKey, async (session) => {
    const at = new Date();
    const day = today(ctx.timeZone, at);
    const _id = newObjectId();
    const row = {
      ...{ _id, day, at, category, payee, amountMinor, from, requestKey },
      ...storedAt(ctx.branch),
      ...(note ? { note } : {}),
      currency: settings.currency.code,
      status: mayApprove(ctx) ? ('approved' as const) : ('requested' as const),
      byUserId: actorIdOf(ctx),
      byName: ctx.actor.name,
      ...(mayApprove(ctx) ? { decidedByName: ctx.actor.name, decidedAt: at } : {}),
      number: await takeNumber(ctx, settings, { kind: 'expense', day }, session),
    };
    await expenseModel(ctx).create([row], { session });
    ctx.audit?.about(`expense:${_id}`);
    noteChange<Record<string, unknown>>(ctx, null, row, AUDITED);
    return toExpense(await expenseModel(ctx).findById(_id).session(session).orFail().lean());
  });
}

/** Moves an expense on from one state. @throws AppError NOT_FOUND, CONFLICT when it is in another by now. */
async function moveOn(
  ctx: TenantContext,
  expenseId: string,
  from: ExpenseState,
  change: (row: ExpenseRow, session: ClientSession) => Promise<Partial<ExpenseRow>>,
): Promise<Expense> {
  const _id = objectId(expenseId, 'expense');
  await ensureMoneyDay(ctx, today(ctx.timeZone));
  return auditedWrite(
    ctx,
    async (session) => {
      // Touched first: of two people who decide at the same moment one comes second and is refused.
      const before = await expenseModel(ctx)
        .findOneAndUpdate({ _id, status: from }, { $set: { updatedAt: new Date() } }, { session })
        .lean();
      if (!before) {
        const row = await expenseModel(ctx).findById(_id).session(session).lean();
        if (!row) throw notFoundError('expense');
        throw new AppError('CONFLICT', `${row.number}: ${EXPENSE_LABEL[row.status].toLowerCase()} by now.`);
      }
      const row = await expenseModel(ctx)
        .findOneAndUpdate(
          { _id },
          { $set: await change(before, session) },
          { session, returnDocument: 'after' },
        )
        .orFail()
        .lean();
      noteChange<Record<string, unknown>>(ctx, before, row, AUDITED);
      return toExpense(row);
    },
    { inTurn: 'money' },
  );
}

function assertOfOther(ctx: TenantContext, { byUserId }: ExpenseRow): void {
  if (byUserId === actorIdOf(ctx))
    throw new AppError('FORBIDDEN', 'Somebody else decides about what you have asked for.');
}

/** Says yes to what somebody else has asked for. @throws AppError FORBIDDEN, NOT_FOUND, CONFLICT. */
export const approveExpense = (ctx: TenantContext, { expenseId }: { expenseId: string }): Promise<Expense> =>
  moveOn(ctx, expenseId, 'requested', async (row) => {
    assertOfOther(ctx, row);
    return { status: 'approved', decidedByName: ctx.actor.name, decidedAt: new Date() };
  });

/** Says no, with the reason. @throws AppError FORBIDDEN, NOT_FOUND, CONFLICT. */
export const refuseExpense = (
  ctx: TenantContext,
  { expenseId, reason }: { expenseId: string; reason: string },
): Promise<Expense> =>
  moveOn(ctx, expenseId, 'requested', async (row) => {
    assertOfOther(ctx, row);
    return { status: 'refused', reason, decidedByName: ctx.actor.name, decidedAt: new Date() };
  });

/**
 * Pays what was approved: out of the open drawer of the person who pays, or out of the bank.
 * @throws AppError CONFLICT without a shift, with too little cash, on a closed day, or when it is paid
 * already; INVALID_INPUT for a payment of the bank without its reference.
 */
export const payExpense = (
  ctx: TenantContext,
  { expenseId, reference }: { expenseId: string; reference?: string | undefined },
): Promise<Expense> =>
  moveOn(ctx, expenseId, 'approved', async (row, session) => {
    if (row.from === 'bank' && !reference)
      throw new AppError('INVALID_INPUT', 'Enter the reference of the bank.', { field: 'reference' });
    const paid = await takeMoney(ctx, { from: row.from, amountMinor: row.amountMinor }, session);
    return { status: 'paid', ...paid, ...(reference ? { reference } : {}) };
  });

/** Enters the day and, for cash, the drawer of who works. An amount below zero comes back. */
async function takeMoney(
  ctx: TenantContext,
  { from, amountMinor }: Pick<ExpenseRow, 'from' | 'amountMinor'>,
  session: ClientSession,
) {
  const paidAt = new Date();
  const paidDay = today(ctx.timeZone, paidAt);
  await enterDay(ctx, paidDay, session);
  const moved = { cash: 0 - amountMinor };
  const shift =
    from === 'drawer' ? await moveThroughShift(ctx, paidDay, moved, session, { isReceipt: false }) : null;
  return {
    ...{ paidAt, paidDay, paidByName: ctx.actor.name },
    ...movedTo(ctx.branch),
    ...(shift ? { shiftId: shift.shiftId } : {}),
  };
}

/**
 * The money of a paid expense came back, whole: a row below zero on this day; the one of before stays as it
 * was on its own.
 * @throws AppError as payExpense.
 */
export async function returnExpense(
  ctx: TenantContext,
  { expenseId, reason, requestKey }: { expenseId: string; reason: string; requestKey: string },
): Promise<Expense> {
  const paidId = objectId(expenseId, 'expense');
  const settings = await getBillSettings(ctx);
  return writeOnce(ctx, requestKey, async (session) => {
    const before = await expenseModel(ctx)
      .findOneAndUpdate({ _id: paidId, status: 'paid' }, { $set: { status: 'returned' } }, { session })
      .lean();
    if (!before && !(await expenseModel(ctx).exists({ _id: paidId }).session(session)))
      throw notFoundError('expense');
    if (!before || before.ofExpenseId)
      throw new AppError('CONFLICT', 'It is not paid, or its money has come back already.');
    const { category, payee, from, currency } = before;
    const amountMinor = 0 - before.amountMinor;
    const paid = await takeMoney(ctx, { from, amountMinor }, session);
    const _id = newObjectId();
    const day = paid.paidDay;
    const row = {
      ...{ _id, day, at: paid.paidAt, category, payee, amountMinor, from, currency, reason, requestKey },
      ...paid,
      status: 'paid' as const,
      byUserId: actorIdOf(ctx),
      byName: ctx.actor.name,
      ofExpenseId: paidId,
      number: await takeNumber(ctx, settings, { kind: 'expense', day }, session),
    };
    await expenseModel(ctx).create([row], { session });
    ctx.audit?.about(`expense:${paidId}`);
    noteChange<Record<string, unknown>>(ctx, null, row, AUDITED);
    return toExpense(await expenseModel(ctx).findById(_id).session(session).orFail().lean());
  });
}
