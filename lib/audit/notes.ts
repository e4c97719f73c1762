import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import { logger } from '../logger';
import { auditOutboxModel } from '../master/models/audit-outbox';
import { op } from '../mongo';
import type { TenantContext } from '../tenancy/context';
import type { TenantDatabase } from '../tenancy/tenant-database';
import { chainNotes, forwardNotes } from './chain';
import type { AuditDraft } from './draft';
import { auditNoteModel, PLATFORM_LEDGER, platformLedger, tenantLedger } from './ledger';

/**
 * Takes what an action of staff has written into the logs, at once. Never throws: the change and its notes
 * are stored, and what is left now is taken with the next entry or by the sweep.
 */
export async function settleStaff(ctx: TenantContext, draft: AuditDraft): Promise<void> {
  const { db, actor } = ctx;
  const isSupport = actor.kind === 'staff' && actor.onBehalfOf !== undefined;
  await leavingRest(draft, async () => {
    if (draft.written.has('organization')) await chainNotes(tenantLedger(db));
    if (draft.written.has('master')) await forwardNotes(auditOutboxModel, tenantLedger(db));
    if (!isSupport || draft.written.size === 0) return;
    await forwardNotes(auditNoteModel({ db }), platformLedger());
    await chainNotes(platformLedger());
  });
}

/** The same for an action of the company's people. */
export async function settlePlatform(draft: AuditDraft): Promise<void> {
  await leavingRest(draft, async () => {
    if (draft.written.has('master')) await chainNotes(platformLedger());
  });
}

/**
 * The end of a chain can be locked by a process that died, up to a minute: nobody waits for that with a
 * change that is stored.
 */
const PATIENCE_MS = 10_000;

async function leavingRest({ action }: AuditDraft, work: () => Promise<void>): Promise<void> {
  const timer = new AbortController();
  const tooLong = delay(PATIENCE_MS, undefined, { signal: timer.signal }).then(() => {
    throw new Error('The end of the chain is locked');
  });
  try {
    await Promise.race([work(), tooLong]);
  } catch (error) {
    logger.warn({ err: error, action }, 'notes of the audit log wait for the sweep');
  } finally {
    timer.abort();
  }
}

/** For the sweep: takes every note that an organization's database holds. */
export async function takeNotesOf(db: TenantDatabase): Promise<void> {
  const notes = auditNoteModel({ db });
  if (await notes.exists({ ledgerId: db.organizationId })) await chainNotes(tenantLedger(db));
  await forwardNotes(notes, platformLedger());
}

/** For the sweep: takes the notes that the master database holds for an organization's log. */
export const takeMasterNotesFor = async (db: TenantDatabase): Promise<void> =>
  forwardNotes(auditOutboxModel, tenantLedger(db));

/** For the sweep: takes the notes that the master database holds for the platform's log. */
export async function takePlatformNotes(): Promise<void> {
  if (await auditOutboxModel.exists({ ledgerId: PLATFORM_LEDGER })) await chainNotes(platformLedger());
}

/** Organizations whose log has notes waiting in the master database. */
export const listOrganizationsWithNotes = async (): Promise<string[]> =>
  auditOutboxModel.distinct('ledgerId', { ledgerId: op({ $ne: PLATFORM_LEDGER }) });
