import 'server-only';
import { logger } from '../logger';
import type { TenantContext } from '../tenancy/context';
import { append } from './chain';
import type { AuditActor, AuditChange, AuditResult } from './entry';
import { platformLedger, tenantLedger } from './ledger';

type Place = Pick<TenantContext, 'db' | 'actor' | 'requestId'> & Pick<Partial<TenantContext>, 'request'>;

export const actorOf = ({ actor }: Pick<TenantContext, 'actor'>): AuditActor => {
  if (actor.kind === 'system') return { kind: 'system', id: 'system', name: actor.name, role: 'system' };
  return {
    kind: actor.onBehalfOf ? 'support' : 'staff',
    id: actor.userId,
    name: actor.name,
    role: actor.customRole?.name ?? actor.role,
    ...(actor.sessionId ? { sessionId: actor.sessionId } : {}),
    ...(actor.onBehalfOf ? { onBehalfOf: actor.onBehalfOf } : {}),
  };
};

/** Writes one audit event into the organization's own log. `target` is `patient:<id>`, never a name. */
export async function recordAudit(
  ctx: Place,
  event: {
    action: string;
    target?: string | undefined;
    result?: AuditResult;
    changes?: readonly AuditChange[];
    /** The company's own log has it already. */
    inPlatformLog?: boolean;
  },
): Promise<void> {
  const actor = actorOf(ctx);
  await append(tenantLedger(ctx.db), {
    at: new Date(),
    actor,
    action: event.action,
    ...(event.target ? { target: event.target.slice(0, 200) } : {}),
    ...(event.changes ? { changes: event.changes } : {}),
    result: event.result ?? 'ok',
    requestId: ctx.requestId,
    ...(ctx.request ? { ip: ctx.request.ip, userAgent: ctx.request.userAgent } : {}),
  });
  // Both sides keep a record of what support does.
  if (actor.kind !== 'support' || event.inPlatformLog) return;
  await recordPlatformAudit({
    actor: { kind: 'platform', id: actor.id, name: actor.name },
    action: event.action,
    target: event.target,
    organizationId: ctx.db.organizationId,
    result: event.result ?? 'ok',
    requestId: ctx.requestId,
    request: ctx.request,
  });
}

/** Writes one event of the company or the system into the platform's log. Never throws: it has happened. */
export async function recordPlatformAudit(event: {
  actor: { kind: 'platform' | 'staff' | 'system' | 'public'; id: string; name: string };
  action: string;
  target?: string | undefined;
  organizationId?: string | undefined;
  result?: AuditResult;
  requestId?: string | undefined;
  /** Where the request came from; not known of the system's own work. */
  request?: { ip: string; userAgent: string } | undefined;
}): Promise<void> {
  try {
    await append(platformLedger(), {
      at: new Date(),
      actor: { ...event.actor, role: event.actor.kind },
      action: event.action,
      ...(event.target ? { target: event.target } : {}),
      ...(event.organizationId ? { organizationId: event.organizationId } : {}),
      result: event.result ?? 'ok',
      ...(event.requestId ? { requestId: event.requestId } : {}),
      ...(event.request ? { ip: event.request.ip, userAgent: event.request.userAgent } : {}),
    });
  } catch (error) {
    logger.error({ err: error, action: event.action }, 'platform audit event could not be written');
  }
}
