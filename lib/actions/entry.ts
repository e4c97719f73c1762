import 'server-only';
import type { AuditDraft } from '../audit/draft';
import { logger } from '../logger';

type Leaving = {
  draft: AuditDraft;
  /** Why the service may leave the entry to the gate. */
  entryAfter: string | undefined;
  /** Takes what was written into the log. */
  settle: () => Promise<void>;
  /** Writes an entry for a service that wrote none. */
  record: () => Promise<void>;
};

/**
 * Runs a service whose transaction writes the audit entry, and takes it into the log, also when the service
 * fails afterwards: what is committed has happened.
 */
export async function runWithEntry<T>(
  { draft, entryAfter, settle, record }: Leaving,
  run: () => Promise<T>,
): Promise<T> {
  let data: T;
  try {
    data = await run();
  } finally {
    await settle();
  }
  if (draft.written.size > 0) return data;
  if (!entryAfter) noteStray(draft.action);
  await record();
  return data;
}

const stray = new Set<string>();

/**
 * A service changed something and left the entry to the gate: a process that dies in between loses it. A
 * bug.
 */
function noteStray(action: string): void {
  stray.add(action);
  logger.error({ action }, 'an action wrote its audit entry after its change');
}

/**
 * Actions of this process whose entries were not in the transaction of their change; a test says that there
 * are none.
 */
export const strayEntries = (): string[] => [...stray];
