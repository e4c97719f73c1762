import 'server-only';
import type { ClientSession, mongo, Types } from 'mongoose';
import type { TenantContext } from '@/lib/tenancy/context';
import { findMoving } from '../queries';

/**
 * Whether it is time to order: what goes from one store to another is on no shelf, and is not ordered twice.
 */
export async function isLowWith(
  ctx: TenantContext,
  session: ClientSession,
  { _id, onHand, reorderLevel }: { _id: Types.ObjectId; onHand: number; reorderLevel: number },
): Promise<boolean> {
  if (onHand > reorderLevel) return false;
  const moving = await findMoving(ctx, [_id]).session(session).lean();
  return moving.reduce((sum, { transit }) => sum + (transit ?? 0), onHand) <= reorderLevel;
}

/** For the migration: the medicines that look low by what is on its way alone, as writes. */
export async function lowWritesOf(
  scope: Pick<TenantContext, 'db'>,
  rows: readonly mongo.Document[],
): Promise<mongo.AnyBulkWriteOperation<mongo.Document & { _id: Types.ObjectId }>[]> {
  const low = rows.filter(({ isLow }) => isLow);
  const moving = await findMoving(
    scope,
    low.map(({ _id }) => _id),
  ).lean();
  return low.flatMap(({ _id, onHand, reorderLevel }) => {
    const pieces = moving.reduce(
      (sum, { medicineId, transit }) => sum + (medicineId.equals(_id) ? (transit ?? 0) : 0),
      onHand,
    );
    return pieces > reorderLevel
      ? [{ updateOne: { filter: { _id, onHand, reorderLevel }, update: { $set: { isLow: false } } } }]
      : [];
  });
}
