import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { formatAmount } from '@/lib/currency';
import { AppError, duplicateKey, isAppError } from '@/lib/errors';
import { newObjectId } from '@/lib/mongo';
import { storedAt } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, today } from '@/lib/time';
import type { BillSettings } from '../../bill-settings/dto';
import type { SeriesKind } from '../../bill-settings/policy';
import { getBillSettings } from '../../bill-settings/queries';
import { takeNumber } from '../../bills/service/number';
import type { Method } from '../../shifts/policy';
import { actorIdOf } from '../../shifts/queries';
import { type DrawerMovement, ensureMoneyDay, enterDay, moveThroughShift } from '../../shifts/service';
import { type Receipt, type ReceiptRow, toReceipt } from '../dto';
import { cashDayModel, receiptModel } from '../model';
import { changeOf, type ReceiptKind, type Tender, tenderKey } from '../policy';
import { askRefunds } from './ask-refunds';

type Id = Types.ObjectId;

/** One part of what is stored; a refund's amount is below zero. */
export type StoredTender = {
  method: Method;
  amountMinor: number;
  reference?: string;
  tenderedMinor?: number;
  changeMinor?: number;
  advanceId?: Id;
  ofReceiptId?: Id;
  ofNumber?: string;
  refundedMinor: number;
};

export type ReceiptDraft = {
  kind: ReceiptKind;
  patientId: Id;
  patient: { name: string; number: string };
  tenders: StoredTender[];
  billId?: Id;
  billNumber?: string;
  creditNoteId?: Id;
  creditNoteNumber?: string;
  leftMinor?: number;
  isHeld?: boolean;
  reason?: string;
  referenceKeys?: string[];
  requestKey?: string;
};

const SERIES_OF: Record<ReceiptKind, SeriesKind> = {
  payment: 'receipt',
  advance: 'advance',
  refund: 'refund',
};

/** What every writer of receipts gets: the day and the settings of this very transaction. */
export type MoneyScope = {
  session: ClientSession;
  settings: BillSettings;
  at: Date;
  day: Day;
  /** What is asked for once all of it is stored; regular work looks for what is lost in between. */
  afterwards: (() => Promise<void>)[];
};

/**
 * Runs a write of money in its turn; the same request key gives what the first press gave.
 * @throws AppError CONFLICT for a reference that has paid before.
 */
export async function writeMoney<T>(
  ctx: TenantContext,
  findDone: () => Promise<T | null>,
  work: (scope: MoneyScope) => Promise<T>,
): Promise<T> {
  const done = await findDone();
  if (done) return done;
  const settings = await getBillSettings(ctx);
  await ensureMoneyDay(ctx, today(ctx.timeZone));
  let afterwards: MoneyScope['afterwards'] = [];
  try {
    const result = await auditedWrite(
      ctx,
      async (session) => {
        const at = new Date();
        afterwards = [];
        return work({ session, settings, at, day: today(ctx.timeZone, at), afterwards });
      },
      { inTurn: 'money' },
    );
    for (const ask of afterwards) await ask();
    return result;
  } catch (error) {
    // The second press may find the bill as the first left it: paid, or with nothing more to take back.
    const key = duplicateKey(error);
    const twice = key || isAppError(error) ? await findDone() : null;
    if (twice) return twice;
    if (key && 'referenceKeys' in key)
      throw new AppError(
        'CONFLICT',
        'A payment with this reference has been taken before. Check the number.',
      );
    throw error;
  }
}

/**
 * What a press has written before.
 * @param isSame whether it is what is asked for now: a page that comes back in the browser brings its key.
 * @throws AppError CONFLICT where it is not.
 */
export async function findReceiptByKey(
  ctx: TenantContext,
  requestKey: string,
  isSame: (row: ReceiptRow) => boolean,
): Promise<Receipt | null> {
  const row = await receiptModel(ctx).findOne({ requestKey }).lean();
  if (!row) return null;
  if (isSame(row)) return toReceipt(row);
  const sentence = `Receipt ${row.number} was written from this page already. Open it again for another one.`;
  throw new AppError('CONFLICT', sentence);
}

/** Stores a receipt: its day, the drawer, its number and itself, all or nothing. */
export async function writeReceipt(
  ctx: TenantContext,
  draft: ReceiptDraft,
  scope: MoneyScope,
): Promise<Receipt> {
  const { session, settings, at, day } = scope;
  await enterDay(ctx, day, session);
  const moved: DrawerMovement = {};
  let onlineMinor = 0;
  for (const { method, amountMinor } of draft.tenders)
    if (method === 'online') onlineMinor += amountMinor;
    else if (method !== 'advance') moved[method] = (moved[method] ?? 0) + amountMinor;
  // What a provider takes or gives back passes no drawer; nobody needs one for it.
  const isOnline = onlineMinor !== 0 && Object.keys(moved).length === 0;
  const by = isOnline
    ? { cashierId: actorIdOf(ctx), cashierName: ctx.actor.name }
    : await moveThroughShift(ctx, day, moved, session);
  const _id = newObjectId();
  const row = {
    _id,
    ...draft,
    ...by,
    ...storedAt(ctx.branch),
    day,
    at,
    amountMinor: draft.tenders.reduce((sum, one) => sum + one.amountMinor, 0),
    moneyMinor: Object.values(moved).reduce((sum, one) => sum + one, onlineMinor),
    currency: settings.currency.code,
    prints: 0,
    number: await takeNumber(ctx, settings, { kind: SERIES_OF[draft.kind], day }, session),
  };
  await receiptModel(ctx).create([row], { session });
  await askRefunds(ctx, row, scope);
  // What happens to a bill is found under the bill, and has the number of its receipt beside its own.
  if (draft.billId) ctx.audit?.about(`bill:${draft.billId}`);
  else if (draft.kind === 'advance') ctx.audit?.about(`receipt:${_id}`);
  const { number: receiptNumber, amountMinor } = row;
  noteChange<Record<string, unknown>>(ctx, null, { ...draft, receiptNumber, amountMinor }, [
    'receiptNumber',
    'amountMinor',
    'billNumber',
    'creditNoteNumber',
  ]);
  return toReceipt(await receiptModel(ctx).findById(_id).session(session).orFail().lean());
}

export const storedTender = (tender: Tender, advanceId?: Id): StoredTender => ({
  method: tender.method,
  amountMinor: tender.amountMinor,
  refundedMinor: 0,
  ...(tender.reference && tenderKey(tender) ? { reference: tender.reference } : {}),
  ...(tender.tenderedMinor === undefined
    ? {}
    : { tenderedMinor: tender.tenderedMinor, changeMinor: changeOf(tender) }),
  ...(advanceId ? { advanceId } : {}),
});

/** The references of a payment, where it has any: an empty list would be a key too. */
export function referencesOf(tenders: readonly Tender[]): { referenceKeys?: string[] } {
  const keys = tenders.flatMap((one) => tenderKey(one) ?? []);
  return keys.length > 0 ? { referenceKeys: keys } : {};
}

/** Makes the row of a patient's cash of today, outside of any transaction. */
export async function ensureCashDay(ctx: TenantContext, patientId: Id): Promise<void> {
  try {
    const _id = `${patientId}:${today(ctx.timeZone)}`;
    await cashDayModel(ctx).updateOne({ _id }, { $setOnInsert: { minor: 0 } }, { upsert: true });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
  }
}

/**
 * Counts cash against the limit of a patient and a day, over all receipts. @throws AppError CONFLICT at the
 * limit.
 */
export async function countCash(
  ctx: TenantContext,
  patientId: Id,
  cash: number,
  scope: MoneyScope,
): Promise<void> {
  const { cashLimitMinor, currency } = scope.settings;
  if (cash <= 0 || cashLimitMinor === null) return;
  const row = await cashDayModel(ctx)
    .findOneAndUpdate(
      { _id: `${patientId}:${scope.day}` },
      { $inc: { minor: cash } },
      { session: scope.session, upsert: true, returnDocument: 'after' },
    )
    .lean();
  if ((row?.minor ?? 0) >= cashLimitMinor)
    throw new AppError(
      'CONFLICT',
      `${formatAmount(cashLimitMinor, currency)} or more in cash from one person on one day may not be taken. Take the rest another way.`,
      { field: 'cash' },
    );
}
