import 'server-only';
import type { ClientSession } from 'mongoose';
import { auditedWrite } from '@/lib/audit/audited';
import { AppError, duplicateKey } from '@/lib/errors';
import type { TenantContext } from '@/lib/tenancy/context';
import { queueStateModel } from '../model';
import { wakeQueue } from '../wake';

/**
 * Every write of the queue: one transaction that also raises the version, so that a screen that watches the
 * queue learns of the change exactly when it counts, and at once.
 * @throws AppError CONFLICT when the patient has an open visit today, or has moved on
 */
export async function changeQueue<T>(
  ctx: TenantContext,
  work: (session: ClientSession) => Promise<T>,
  options: { isChange?: (result: T) => boolean } = {},
): Promise<T> {
  const raise = async (session: ClientSession) => {
    const result = await work(session);
    await queueStateModel(ctx).updateOne(
      { _id: 'queue' },
      { $inc: { version: 1 } },
      { upsert: true, session },
    );
    return result;
  };
  try {
    const result = await auditedWrite(ctx, raise, { ...options, inTurn: 'queue' });
    wakeQueue(ctx.db.organizationId);
    return result;
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    const sentence = /open_visits/.test(String(error))
      ? 'This patient is already in the queue.'
      : 'This patient has moved on meanwhile. The list shows where they are now.';
    throw new AppError('CONFLICT', sentence, { cause: error });
  }
}
