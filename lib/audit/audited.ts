import 'server-only';
import type { ClientSession } from 'mongoose';
import { masterTransaction } from '../master/connection';
import { auditOutboxModel } from '../master/models/audit-outbox';
import type { TenantContext } from '../tenancy/context';
import { AuditDraft } from './draft';
import type { AuditChange, AuditEvent } from './entry';
import { auditNoteModel, PLATFORM_LEDGER } from './ledger';
import { actorOf } from './record';
import { claimRequest, releaseRequest } from './request-claim';

/** One of the company's people at work, with the entry that the action will leave. */
type CompanyContext = {
  actor: { kind: 'platform'; userId: string; name: string };
  requestId: string;
  request?: { ip: string; userAgent: string };
  audit?: AuditDraft;
};

/** Somebody at work: of an organization, or of the company. */
export type ActingContext = TenantContext | CompanyContext;

type Options<T> = {
  /** Whether the transaction changed something. Without it every one that commits did. */
  isChange?: (result: T) => boolean;
};

/** The same context with an entry to be written. For work that has no action around it, such as an upload. */
export const withEntry = (ctx: TenantContext, action: string): TenantContext & { audit: AuditDraft } =>
  Object.freeze({ ...ctx, audit: new AuditDraft(action) });

/**
 * Runs `work` in one transaction of the organization's database, which also stores the audit entry of the
 * action and the key of its press: all are there or none is. `work` may run more than once. Without an
 * action, as in jobs and seeds, there is no entry.
 * @throws whatever `work` throws; also when the entry cannot be stored. CONFLICT when the press came before.
 */
export async function auditedWrite<T>(
  ctx: TenantContext,
  work: (session: ClientSession) => Promise<T>,
  { isChange = () => true, inTurn }: Options<T> & { inTurn?: 'queue' } = {},
): Promise<T> {
  const { audit, db } = ctx;
  const write = async (session: ClientSession) => {
    audit?.begin();
    await claimRequest(ctx, audit, session);
    const result = await work(session);
    if (!isChange(result)) await releaseRequest(ctx, audit, session);
    else if (audit) await auditNoteModel(ctx).insertMany(notesOf(ctx, audit), { session });
    return result;
  };
  const result = await (inTurn ? db.transactionInTurn(inTurn, write) : db.transaction(write));
  if (isChange(result)) audit?.committed('organization');
  return result;
}

/**
 * The same for a change of the master database; without a context no entry is written.
 * @throws as auditedWrite.
 */
export async function auditedMasterWrite<T>(
  ctx: ActingContext | null | undefined,
  work: (session: ClientSession) => Promise<T>,
  { isChange = () => true }: Options<T> = {},
): Promise<T> {
  const audit = ctx?.audit;
  const result = await masterTransaction(async (session) => {
    audit?.begin();
    await claimRequest('master', audit, session);
    const data = await work(session);
    if (!isChange(data)) await releaseRequest('master', audit, session);
    else if (ctx && audit) await auditOutboxModel.insertMany(notesOf(ctx, audit), { session });
    return data;
  });
  if (isChange(result)) audit?.committed('master');
  return result;
}

/** One note for each log that tells of the change: both sides keep a record of what support does. */
function notesOf(
  ctx: ActingContext,
  draft: AuditDraft,
): (AuditEvent & { ledgerId: string; changes: readonly AuditChange[] })[] {
  const { action, target, changes } = draft;
  const { requestId, request } = ctx;
  const facts = {
    at: new Date(),
    action,
    result: 'ok' as const,
    requestId,
    ...(target ? { target } : {}),
    ...(request ? { ip: request.ip, userAgent: request.userAgent } : {}),
  };
  if (!('db' in ctx)) {
    const { userId: id, name } = ctx.actor;
    const { organizationId } = draft;
    const actor = { kind: 'platform' as const, id, name, role: 'platform' };
    return [
      { ledgerId: PLATFORM_LEDGER, ...facts, actor, changes, ...(organizationId ? { organizationId } : {}) },
    ];
  }
  const actor = actorOf(ctx);
  const { organizationId } = ctx.db;
  const own = { ledgerId: organizationId, ...facts, actor, changes };
  if (actor.kind !== 'support') return [own];
  const { id, name } = actor;
  const company = { kind: 'platform' as const, id, name, role: 'platform' };
  return [own, { ledgerId: PLATFORM_LEDGER, ...facts, actor: company, changes: [], organizationId }];
}
