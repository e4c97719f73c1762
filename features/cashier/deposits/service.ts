import 'server-only';
import type { ClientSession } from 'mongoose';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import { storedAt } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { getBillSettings } from '../bill-settings/queries';
import { minorIn } from '../bill-settings/service';
import { takeNumber } from '../bills/service/number';
import { actorIdOf } from '../shifts/queries';
import { depositOfShift, ensureMoneyDay, enterDay } from '../shifts/service';
import { type Deposit, toDeposit } from './dto';
import { depositModel } from './model';
import type { MakeDepositInput, WithdrawDepositInput } from './schema';

const AUDITED = ['number', 'amountMinor', 'bank', 'slipNumber'] as const;

async function findByKey(ctx: TenantContext, requestKey: string): Promise<Deposit | null> {
  const row = await depositModel(ctx).findOne({ requestKey }).lean();
  return row ? toDeposit(row) : null;
}

/** Runs a write in the turn of money; the same press gives what the first one gave. */
async function writeOnce(
  ctx: TenantContext,
  requestKey: string,
  work: (session: ClientSession) => Promise<Deposit>,
): Promise<Deposit> {
  const done = await findByKey(ctx, requestKey);
  if (done) return done;
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
 * Takes cash of closed shifts to the bank: of each at most what was counted in it and is still here.
 * @throws AppError CONFLICT for more than that, or on a closed day; INVALID_INPUT for what no
 * coins make; NOT_FOUND.
 */
export async function makeDeposit(ctx: TenantContext, input: MakeDepositInput): Promise<Deposit> {
  const { requestKey, bank, slipNumber, carriedBy } = input;
  const settings = await getBillSettings(ctx);
  const wanted = input.shiftId.flatMap((shiftId, index) => {
    const typed = input.amount[index];
    const amountMinor = typed === undefined ? 0 : minorIn(settings.currency.code, typed, 'amount');
    return amountMinor > 0 ? [{ shiftId, amountMinor }] : [];
  });
  return writeOnce(ctx, requestKey, async (session) => {
    const at = new Date();
    const day = today(ctx.timeZone, at);
    await enterDay(ctx, day, session);
    const parts = [];
    // One after the other: a transaction takes one write at a time.
    for (const { shiftId, amountMinor } of wanted) {
      const shift = await depositOfShift(ctx, shiftId, amountMinor, { session, currency: settings.currency });
      parts.push({ ...shift, amountMinor });
    }
    const _id = newObjectId();
    const row = {
      ...{ _id, day, at, parts, bank, slipNumber, carriedBy, requestKey },
      ...storedAt(ctx.branch),
      amountMinor: parts.reduce((sum, one) => sum + one.amountMinor, 0),
      currency: settings.currency.code,
      byUserId: actorIdOf(ctx),
      byName: ctx.actor.name,
      isTakenBack: false,
      number: await takeNumber(ctx, settings, { kind: 'deposit', day }, session),
    };
    await depositModel(ctx).create([row], { session });
    ctx.audit?.about(`deposit:${_id}`);
    noteChange<Record<string, unknown>>(ctx, null, row, AUDITED);
    return toDeposit(await depositModel(ctx).findById(_id).session(session).orFail().lean());
  });
}

/**
 * Takes a deposit back that was wrong: a row below zero on this day, and the drawers have their cash again.
 * @throws AppError NOT_FOUND, CONFLICT when it was taken back by now, or on a closed day.
 */
export async function withdrawDeposit(
  ctx: TenantContext,
  { depositId, requestKey, reason }: WithdrawDepositInput,
): Promise<Deposit> {
  const madeId = objectId(depositId, 'deposit');
  const settings = await getBillSettings(ctx);
  return writeOnce(ctx, requestKey, async (session) => {
    const before = await depositModel(ctx)
      .findOneAndUpdate({ _id: madeId, isTakenBack: false }, { $set: { isTakenBack: true } }, { session })
      .lean();
    if (!before && !(await depositModel(ctx).exists({ _id: madeId }).session(session)))
      throw notFoundError('deposit');
    if (!before || before.ofDepositId)
      throw new AppError('CONFLICT', 'This deposit has been taken back already.');
    const at = new Date();
    const day = today(ctx.timeZone, at);
    await enterDay(ctx, day, session);
    for (const { shiftId, amountMinor } of before.parts)
      await depositOfShift(ctx, shiftId.toString(), 0 - amountMinor, {
        session,
        currency: settings.currency,
      });
    const { bank, slipNumber, carriedBy, currency } = before;
    const _id = newObjectId();
    const row = {
      ...{ _id, day, at, bank, slipNumber, carriedBy, currency, reason, requestKey },
      ...storedAt(ctx.branch),
      parts: before.parts.map(({ shiftId, cashierName, shiftDay, amountMinor }) => ({
        ...{ shiftId, cashierName, shiftDay, amountMinor: 0 - amountMinor },
      })),
      amountMinor: 0 - before.amountMinor,
      byUserId: actorIdOf(ctx),
      byName: ctx.actor.name,
      isTakenBack: true,
      ofDepositId: madeId,
      number: await takeNumber(ctx, settings, { kind: 'deposit', day }, session),
    };
    await depositModel(ctx).create([row], { session });
    ctx.audit?.about(`deposit:${madeId}`);
    noteChange<Record<string, unknown>>(ctx, null, row, AUDITED);
    return toDeposit(await depositModel(ctx).findById(_id).session(session).orFail().lean());
  });
}
