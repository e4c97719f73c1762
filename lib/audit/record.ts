import 'server-only';
import { Schema } from 'mongoose';
import { logger } from '../logger';
import { platformAuditModel } from '../master/models/audit-event';
import { objectId } from '../mongo';
import type { TenantContext } from '../tenancy/context';
import { defineTenantModel } from '../tenancy/define-tenant-model';

const schema = new Schema(
  {
    at: { type: Date, required: true },
    actorId: { type: String, required: true },
    actorName: { type: String, required: true },
    role: { type: String, required: true },
    action: { type: String, required: true },
    target: String,
    result: { type: String, enum: ['ok', 'refused', 'failed'], required: true },
    requestId: String,
  },
  { strict: 'throw' },
);
// newest first
schema.index({ at: -1, _id: -1 });
// who opened this chart
schema.index({ target: 1, at: -1 });

export const auditEventModel = defineTenantModel('AuditEvent', 'audit_events', schema);

type Result = 'ok' | 'refused' | 'failed';

/** Writes one audit event into the organization's own database. `target` is `patient:<id>`. */
export async function recordAudit(
  ctx: Pick<TenantContext, 'db' | 'actor' | 'requestId'>,
  event: { action: string; target?: string | undefined; result?: Result },
): Promise<void> {
  await auditEventModel(ctx).create({
    at: new Date(),
    actorId: ctx.actor.kind === 'staff' ? ctx.actor.userId : 'system',
    actorName: ctx.actor.name,
    role: ctx.actor.kind === 'staff' ? ctx.actor.role : 'system',
    action: event.action,
    ...(event.target ? { target: event.target } : {}),
    result: event.result ?? 'ok',
    requestId: ctx.requestId,
  });
}

/** Writes one audit event of the company or the system into the master database. Never throws: the deed is done. */
export async function recordPlatformAudit(event: {
  actor: { kind: 'platform' | 'system' | 'public'; id: string; name: string };
  action: string;
  target?: string | undefined;
  organizationId?: string | undefined;
  result?: Result;
  requestId?: string | undefined;
}): Promise<void> {
  try {
    await (await platformAuditModel()).create({
      at: new Date(),
      actor: event.actor,
      action: event.action,
      ...(event.target ? { target: event.target } : {}),
      ...(event.organizationId ? { organizationId: objectId(event.organizationId) } : {}),
      result: event.result ?? 'ok',
      ...(event.requestId ? { requestId: event.requestId } : {}),
    });
  } catch (error) {
    logger.error({ error, action: event.action }, 'platform audit event could not be written');
  }
}
