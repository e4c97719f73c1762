import 'server-only';
import type { ClientSession } from 'mongoose';
import { AppError } from '@/lib/errors';
import { masterTransaction } from '@/lib/master/connection';
import { invitationModel } from '@/lib/master/models/invitation';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId, op } from '@/lib/mongo';
import type { Seats } from './policy';

const full = (limit: number): AppError =>
  new AppError(
    'LIMIT_REACHED',
    `All ${limit} staff accounts of your plan are in use, open invitations included. Choose a larger plan, revoke an invitation or remove somebody first.`,
  );

export async function getSeats(organizationId: string, session?: ClientSession): Promise<Seats> {
  const organization = await organizationModel
    .findById(objectId(organizationId, 'organization'))
    .select('features.maxUsers usage.seats')
    .session(session ?? null)
    .orFail()
    .lean();
  return { used: organization.usage?.seats ?? 0, limit: organization.features.maxUsers ?? null };
}

/** For those who ask before they take one. @throws AppError LIMIT_REACHED. */
export async function assertSeat(organizationId: string): Promise<void> {
  const { used, limit } = await getSeats(organizationId);
  if (limit !== null && used >= limit) throw full(limit);
}

/**
 * Takes one seat within the caller's transaction: counter and invitation exist together or not at all. The
 * limit is part of the filter, so simultaneous invitations cannot pass it.
 * @throws AppError LIMIT_REACHED.
 */
export async function takeSeat(organizationId: string, session: ClientSession): Promise<void> {
  const { limit } = await getSeats(organizationId, session);
  const below = limit === null ? {} : { 'features.maxUsers': limit, 'usage.seats': op({ $lt: limit }) };
  const taken = await organizationModel.updateOne(
    { _id: objectId(organizationId), ...below },
    { $inc: { 'usage.seats': 1 } },
    { session },
  );
  if (taken.modifiedCount !== 1) throw full(limit ?? 0);
}

export async function releaseSeats(
  organizationId: string,
  count: number,
  session: ClientSession,
): Promise<void> {
  if (count === 0) return;
  await organizationModel.updateOne(
    { _id: objectId(organizationId) },
    { $inc: { 'usage.seats': -count } },
    { session },
  );
}

/**
 * Pending invitations that are too old give their seats back. Called where it matters: on listing and on
 * inviting.
 */
export async function expireInvitations(organizationId: string, now = new Date()): Promise<void> {
  const overdue = {
    organizationId: objectId(organizationId),
    status: 'pending' as const,
    expiresAt: op({ $lte: now }),
  };
  if (!(await invitationModel.exists(overdue))) return;
  await masterTransaction(async (session) => {
    const { modifiedCount } = await invitationModel.updateMany(
      overdue,
      { $set: { status: 'expired' } },
      { session },
    );
    await releaseSeats(organizationId, modifiedCount, session);
  });
}
