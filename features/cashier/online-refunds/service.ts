import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, isAppError, notFoundError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { newObjectId, objectId } from '@/lib/mongo';
import { storedAt } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { enqueue } from '@/lib/work/queue';
import { NO_ACCOUNT } from '../online-accounts/policy';
import type { RefundTold } from '../online-accounts/provider';
import { openOnlineAccount } from '../online-accounts/queries';
import { type OnlineRefund, type OnlineRefundRow, toOnlineRefund } from './dto';
import { onlineRefundModel } from './model';
import { refundName } from './policy';
import type { AskRefundAgainInput } from './schema';

type Id = Types.ObjectId;
type Voucher = Pick<OnlineRefundRow, 'receiptId' | 'receiptNumber' | 'day' | 'at' | 'currency'> & {
  patient: { name: string };
};

/** What a voucher gives back by the provider, stored in the voucher's transaction. @returns their ids. */
export async function askOnlineRefunds(
  ctx: TenantContext,
  { patient, ...voucher }: Voucher,
  parts: readonly { amountMinor: number; paymentId: string }[],
  session: ClientSession,
): Promise<string[]> {
  const { receiptId, receiptNumber, day, at, currency } = voucher;
  const rows = parts.map((part) => ({
    _id: newObjectId(),
    ...{ receiptId, receiptNumber, day, at, currency, patientName: patient.name, ...part },
    ...{ state: 'asked' as const, isOpen: true, attempt: 1 },
    ...storedAt(ctx.branch),
  }));
  await onlineRefundModel(ctx).create(rows, { session, ordered: true });
  return rows.map(({ _id }) => _id.toString());
}

/** Has refunds asked for at once. Never throws: they are stored, and regular work looks for them. */
export async function followOnlineRefunds(
  { organizationId }: Pick<TenantContext, 'organizationId'>,
  ids: readonly string[],
): Promise<void> {
  try {
    for (const refundId of ids)
      await enqueue('online-refunds.follow', `${organizationId}:${refundId}`, { organizationId, refundId });
  } catch (error) {
    logger.warn({ err: error, organizationId }, 'refunds wait for the regular look');
  }
}

/**
 * Asks the provider for a refund, or how it stands, and writes what it says. Asked for once, however often
 * this runs: the provider knows it by its name.
 * @throws while the provider cannot be reached.
 */
export async function followRefund(ctx: TenantContext, refundId: Id): Promise<OnlineRefund | null> {
  const row = await onlineRefundModel(ctx).findById(refundId).lean();
  if (!row) return null;
  // A failure is the end of an attempt; somebody asks once more.
  if (row.state === 'failed') return toOnlineRefund(row);
  const account = await openOnlineAccount(ctx);
  if (!account) return write(ctx, row, { refundId: row.refundId ?? null, state: 'asked', why: NO_ACCOUNT });
  const { _id, attempt, paymentId, amountMinor, currency } = row;
  const name = refundName(_id.toString(), attempt);
  try {
    const told = row.refundId
      ? await account.provider.readRefund(row.refundId)
      : await account.provider.giveBack({ id: name, paymentId, amountMinor, currency });
    return await write(ctx, row, told);
  } catch (error) {
    // The key opens nothing any more: nobody is helped by many more attempts, and people see why.
    if (!isAppError(error) || error.code !== 'CONFLICT') throw error;
    return write(ctx, row, { refundId: row.refundId ?? null, state: 'asked', why: error.message });
  }
}

/** Writes what was said of the attempt that was asked about, and of no later one. */
async function write(
  ctx: TenantContext,
  known: OnlineRefundRow,
  { refundId, state, why }: RefundTold,
): Promise<OnlineRefund | null> {
  const { _id, attempt, state: before } = known;
  const isSame = state === before && refundId === (known.refundId ?? null) && why === (known.why ?? null);
  if (isSame) return toOnlineRefund(known);
  const gone = {
    ...(why ? {} : { why: '' }),
    ...(state === 'done' ? { isOpen: '' } : { doneAt: '' }),
  };
  const row = await auditedWrite(ctx, async (session) => {
    const after = await onlineRefundModel(ctx)
      .findOneAndUpdate(
        { _id, attempt },
        {
          $set: {
            state,
            ...(refundId ? { refundId } : {}),
            ...(why ? { why } : {}),
            ...(state === 'done' ? { doneAt: new Date() } : { isOpen: true }),
          },
          $unset: gone,
        },
        { session, returnDocument: 'after' },
      )
      .lean();
    ctx.audit?.about(`online-refund:${_id}`);
    noteChange<Record<string, unknown>>(ctx, { state: before }, { state }, ['state']);
    return after;
  });
  return row && toOnlineRefund(row);
}

/**
 * Asks once more for a refund that failed: another one at the provider, which has given nothing back.
 * @throws AppError NOT_FOUND; CONFLICT where it has not failed.
 */
export async function askRefundAgain(ctx: TenantContext, input: AskRefundAgainInput): Promise<OnlineRefund> {
  const _id = objectId(input.refundId, 'refund');
  const row = await auditedWrite(ctx, async (session) => {
    const after = await onlineRefundModel(ctx)
      .findOneAndUpdate(
        { _id, state: 'failed' },
        { $set: { state: 'asked', isOpen: true }, $inc: { attempt: 1 }, $unset: { refundId: '', why: '' } },
        { session, returnDocument: 'after' },
      )
      .lean();
    if (!after && !(await onlineRefundModel(ctx).exists({ _id }).session(session)))
      throw notFoundError('refund');
    if (!after) throw new AppError('CONFLICT', 'This refund has not failed. Load the page again.');
    ctx.audit?.about(`online-refund:${_id}`);
    noteChange<Record<string, unknown>>(ctx, { state: 'failed' }, { state: 'asked' }, ['state']);
    return after;
  });
  await followOnlineRefunds(ctx, [row._id.toString()]);
  return toOnlineRefund(row);
}
