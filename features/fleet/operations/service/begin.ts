import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { type ActingContext, auditedMasterWrite } from '@/lib/audit/audited';
import { recordPlatformAudit } from '@/lib/audit/record';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { operationModel } from '@/lib/master/models/operation';
import { organizationModel } from '@/lib/master/models/organization';
import type { OperationKind } from '@/lib/master/vocabulary';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Facts } from '@/lib/work/outcome';
import { enqueue, wakeWorker } from '@/lib/work/queue';
import type { RecordedRun, Step } from '@/lib/work/steps';
import { hasDatabase } from '../policy';

/**
 * Who asked for it: one of the company, of the organization, or the product itself. `ctx` is the action that
 * it was asked in, whose audit entry is stored with what is asked.
 */
export type By = { kind: 'platform' | 'staff' | 'system'; id: string; name: string; ctx?: ActingContext };
export const BY_SYSTEM: By = { kind: 'system', id: 'system', name: 'Schedule' };
export const byPlatform = (ctx: PlatformContext): By => ({
  kind: 'platform',
  id: ctx.actor.userId,
  name: ctx.actor.name,
  ctx,
});

export const byOwner = (ctx: TenantContext): By =>
  ctx.actor.kind === 'staff'
    ? { kind: 'staff', id: ctx.actor.userId, name: ctx.actor.name, ctx }
    : { kind: 'system', id: 'system', name: ctx.actor.name };

/**
 * `isQueued: false` for a command that works itself; an `id` of its own where asking twice is asking once.
 */
export type How = { isQueued?: boolean; id?: string };

/** An operation as its steps see it. */
export type OperationRow = {
  id: string;
  organizationId: string;
  kind: OperationKind;
  step: string;
  /** Parsed by each kind with a schema of its own. */
  facts: Facts;
};
export type OperationRun = Pick<RecordedRun<unknown, OperationRow>, 'report' | 'save'> & OperationRow;
export type OperationStep = Step<OperationRun>;
/** The steps of a kind, and what takes back what they made. */
export type Operation = {
  steps: Record<string, OperationStep>;
  giveUp?: (operation: OperationRun) => Promise<void>;
};

type Begin = How & {
  by: By;
  organizationId: string;
  kind: OperationKind;
  data?: Facts;
  /** No other such operation at the same time. */
  isExclusive?: boolean;
};

/**
 * Writes the operation down and asks the worker for it. @returns its id.
 * @throws AppError NOT_FOUND; CONFLICT without a database, or while another exclusive operation is under way.
 */
export async function beginOperation(begin: Begin): Promise<string> {
  const { by, kind, data = {}, isExclusive = false, isQueued = true } = begin;
  const requestedBy = { kind: by.kind, id: by.id, name: by.name };
  const organizationId = objectId(begin.organizationId, 'organization');
  const _id = begin.id ? objectId(begin.id, 'operation') : newObjectId();
  // Its own hold would refuse it otherwise.
  if (begin.id && (await operationModel.exists({ _id }))) return begin.id;
  const organization = await organizationModel.findById(organizationId).select('status placement').lean();
  if (!organization) throw notFoundError('organization');
  if (!organization.placement || !hasDatabase(organization.status))
    throw new AppError('CONFLICT', 'This organization has no database.');
  try {
    await auditedMasterWrite(by.ctx, async (session) => {
      if (isExclusive) {
        const held = await organizationModel.updateOne(
          { _id: organizationId, hold: null },
          { $set: { hold: { operationId: _id, mode: 'none', since: new Date() } } },
          { session },
        );
        if (held.matchedCount === 0)
          throw new AppError('CONFLICT', 'Another operation on this organization is under way.');
      }
      await operationModel.create([{ _id, organizationId, kind, data, requestedBy }], { session });
      if (isQueued) await enqueue('organization.operate', _id.toString(), {}, { session });
    });
  } catch (error) {
    if (!begin.id || !duplicateKey(error)) throw error;
    return _id.toString();
  }
  if (isQueued) wakeWorker();
  await auditOperation(by, `organization.${kind}`, begin.organizationId, _id.toString());
  return _id.toString();
}

/** Leaves it in the company's log. */
export const auditOperation = (
  { kind, id, name }: By,
  action: string,
  organizationId: string,
  operationId?: string,
): Promise<void> =>
  recordPlatformAudit({
    actor: { id, name, kind: kind === 'staff' ? 'public' : kind },
    action,
    ...(operationId ? { target: `operation:${operationId}` } : {}),
    organizationId,
  });

/** What the operation keeps people from, from now on; only while it holds the organization. */
export async function setHold(
  organizationId: string,
  operationId: string,
  mode: 'none' | 'read_only' | 'closed',
): Promise<void> {
  await organizationModel.updateOne(
    { _id: objectId(organizationId), 'hold.operationId': objectId(operationId) },
    { $set: { 'hold.mode': mode } },
  );
}

export async function releaseHold(organizationId: string, operationId: string): Promise<void> {
  await organizationModel.updateOne(
    { _id: objectId(organizationId), 'hold.operationId': objectId(operationId) },
    { $unset: { hold: '' } },
  );
}
