import 'server-only';
import type { ClientSession } from 'mongoose';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { hashToken } from '@/lib/crypto/cipher';
import { notFoundError } from '@/lib/errors';
import { sessionModel } from '@/lib/master/models/session';
import { objectId, op } from '@/lib/mongo';
import { type AccountContext, actorId, organizationOf } from './confirm-password';

/** Ends one session of the person's own, named by the reference in the list. @throws AppError NOT_FOUND. */
export async function revokeSession(ctx: AccountContext, reference: string, now = new Date()): Promise<void> {
  const open = await sessionModel
    .find({ userId: objectId(actorId(ctx)), revokedAt: null, expiresAt: op({ $gt: now }) })
    .sort({ createdAt: -1 })
    .limit(200)
    .select('_id')
    .lean();
  const found = open.find(({ _id }) => hashToken(_id) === reference);
  if (!found) throw notFoundError('session');
  await auditedMasterWrite(ctx, (session) =>
    sessionModel.updateOne({ _id: found._id }, { $set: { revokedAt: now } }, { session }),
  );
}

/**
 * At the first second factor of one of the company's people: a session that a password alone has opened
 * elsewhere must not be open from then on. Part of the transaction that adds the factor.
 */
export async function endWeakSessions(ctx: AccountContext, session: ClientSession, now = new Date()) {
  if (organizationOf(ctx)) return;
  const sessionId = 'sessionId' in ctx.actor ? ctx.actor.sessionId : undefined;
  await sessionModel.updateMany(
    {
      userId: objectId(actorId(ctx)),
      revokedAt: null,
      ...(sessionId ? { _id: op({ $ne: sessionId }) } : {}),
    },
    { $set: { revokedAt: now } },
    { session },
  );
}

/** @returns how many ended. */
export async function revokeOtherSessions(
  ctx: AccountContext,
  currentSessionId: string,
  now = new Date(),
): Promise<number> {
  const others = {
    userId: objectId(actorId(ctx)),
    _id: op({ $ne: currentSessionId }),
    revokedAt: null,
    expiresAt: op({ $gt: now }),
  };
  const { modifiedCount } = await auditedMasterWrite(ctx, (session) =>
    sessionModel.updateMany(others, { $set: { revokedAt: now } }, { session }),
  );
  return modifiedCount;
}
