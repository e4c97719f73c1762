import 'server-only';
import { AppError, notFoundError } from '@/lib/errors';
import { supportGrantModel } from '@/lib/master/models/support-grant';
import { newObjectId, objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { enqueue } from '@/lib/work/queue';
import type { AllowAccessInput, GiveAccessInput } from '../schema';
import { endVisits } from './visits';

const decision = (ctx: TenantContext, durationMinutes: number, now: Date) => {
  // A guest does not invite guests; the gate refuses this already.
  if (ctx.actor.kind !== 'staff' || ctx.actor.onBehalfOf)
    throw new AppError('FORBIDDEN', 'Only the owner decides about support access.');
  return {
    decidedBy: { id: ctx.actor.userId, name: ctx.actor.name },
    decidedAt: now,
    expiresAt: new Date(now.getTime() + durationMinutes * 60_000),
  };
};

/**
 * Says yes to a request, for as long and as much as the owner chooses.
 * @throws AppError NOT_FOUND when it is answered.
 */
export async function allowAccess(
  ctx: TenantContext,
  input: AllowAccessInput,
  now = new Date(),
): Promise<void> {
  const { grantId, scope, durationMinutes } = input;
  const decided = decision(ctx, durationMinutes, now);
  const { modifiedCount } = await (await supportGrantModel()).updateOne(
    {
      _id: objectId(grantId, 'request'),
      organizationId: objectId(ctx.organizationId),
      state: 'requested',
    },
    { $set: { state: 'granted', scope, durationMinutes, ...decided } },
  );
  if (modifiedCount !== 1) throw notFoundError('request');
  await enqueue('support.expire', grantId, {}, { runAt: decided.expiresAt });
}

/** Lets support in without being asked, for example while on the telephone. */
export async function giveAccess(
  ctx: TenantContext,
  input: GiveAccessInput,
  now = new Date(),
): Promise<void> {
  const decided = decision(ctx, input.durationMinutes, now);
  const _id = newObjectId();
  await (await supportGrantModel()).create({
    _id,
    organizationId: objectId(ctx.organizationId),
    state: 'granted',
    ...input,
    ...decided,
  });
  await enqueue('support.expire', _id.toString(), {}, { runAt: decided.expiresAt });
}

/** @throws AppError NOT_FOUND when it is answered already. */
export async function refuseAccess(ctx: TenantContext, grantId: string, now = new Date()): Promise<void> {
  const { decidedBy } = decision(ctx, 0, now);
  const { modifiedCount } = await (await supportGrantModel()).updateOne(
    {
      _id: objectId(grantId, 'request'),
      organizationId: objectId(ctx.organizationId),
      state: 'requested',
    },
    { $set: { state: 'refused', decidedBy, decidedAt: now, endedAt: now } },
  );
  if (modifiedCount !== 1) throw notFoundError('request');
}

/**
 * Takes consent back: support's very next request finds nothing.
 * @throws AppError NOT_FOUND when none is open.
 */
export async function revokeAccess(ctx: TenantContext, grantId: string, now = new Date()): Promise<void> {
  const { modifiedCount } = await (await supportGrantModel()).updateOne(
    {
      _id: objectId(grantId, 'request'),
      organizationId: objectId(ctx.organizationId),
      state: 'granted',
      expiresAt: op({ $gt: now }),
    },
    { $set: { state: 'revoked', endedAt: now } },
  );
  if (modifiedCount !== 1) throw notFoundError('request');
  await endVisits(grantId, 'owner', now);
}
