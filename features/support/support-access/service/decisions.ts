import 'server-only';
import { auditedMasterWrite } from '@/lib/audit/audited';
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

/** A request of the organization that waits for its answer. */
const asked = (ctx: TenantContext, grantId: string) => ({
  _id: objectId(grantId, 'request'),
  organizationId: objectId(ctx.organizationId),
  state: 'requested' as const,
});

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
  const set = { state: 'granted' as const, scope, durationMinutes, ...decided };
  await auditedMasterWrite(ctx, async (session) => {
    const { modifiedCount } = await supportGrantModel.updateOne(
      asked(ctx, grantId),
      { $set: set },
      { session },
    );
    if (modifiedCount !== 1) throw notFoundError('request');
    await enqueue('support.expire', grantId, {}, { runAt: decided.expiresAt, session });
  });
}

/** Lets support in without being asked, for example while on the telephone. */
export async function giveAccess(
  ctx: TenantContext,
  input: GiveAccessInput,
  now = new Date(),
): Promise<void> {
  const decided = decision(ctx, input.durationMinutes, now);
  const _id = newObjectId();
  const organizationId = objectId(ctx.organizationId);
  const row = { _id, organizationId, state: 'granted' as const, ...input, ...decided };
  await auditedMasterWrite(ctx, async (session) => {
    await supportGrantModel.create([row], { session });
    await enqueue('support.expire', _id.toString(), {}, { runAt: decided.expiresAt, session });
  });
}

/** @throws AppError NOT_FOUND when it is answered already. */
export async function refuseAccess(ctx: TenantContext, grantId: string, now = new Date()): Promise<void> {
  const { decidedBy } = decision(ctx, 0, now);
  const set = { state: 'refused' as const, decidedBy, decidedAt: now, endedAt: now };
  await auditedMasterWrite(ctx, async (session) => {
    const { modifiedCount } = await supportGrantModel.updateOne(
      asked(ctx, grantId),
      { $set: set },
      { session },
    );
    if (modifiedCount !== 1) throw notFoundError('request');
  });
}

/**
 * Takes consent back: support's very next request finds nothing.
 * @throws AppError NOT_FOUND when none is open.
 */
export async function revokeAccess(ctx: TenantContext, grantId: string, now = new Date()): Promise<void> {
  const open = { ...asked(ctx, grantId), state: 'granted' as const, expiresAt: op({ $gt: now }) };
  await auditedMasterWrite(ctx, async (session) => {
    const set = { state: 'revoked' as const, endedAt: now };
    const { modifiedCount } = await supportGrantModel.updateOne(open, { $set: set }, { session });
    if (modifiedCount !== 1) throw notFoundError('request');
  });
  await endVisits(grantId, 'owner', now);
}
