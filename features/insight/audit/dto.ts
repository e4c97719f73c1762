import 'server-only';
import type { Types } from 'mongoose';
import type { ChainedEntry } from '@/lib/audit/entry';

type Row = Omit<ChainedEntry, 'changes' | 'actor'> & {
  actor: Omit<ChainedEntry['actor'], 'kind'> & { kind: string };
  _id: Types.ObjectId;
  changes?: ChainedEntry['changes'] | null;
};

export function toAuditLogEntry(row: Row) {
  return {
    seq: row.seq,
    at: row.at.toISOString(),
    actorKind: row.actor.kind,
    actorName: row.actor.name,
    actorId: row.actor.id,
    role: row.actor.role,
    sessionId: row.actor.sessionId ?? null,
    onBehalfOfName: row.actor.onBehalfOf?.name ?? null,
    action: row.action,
    target: row.target ?? null,
    result: row.result,
    changes: (row.changes ?? []).map(({ field, before, after, isRedacted }) => ({
      field,
      before: before ?? null,
      after: after ?? null,
      isRedacted: Boolean(isRedacted),
    })),
    ip: row.ip ?? null,
    userAgent: row.userAgent ?? null,
    requestId: row.requestId ?? null,
    hash: row.hash,
  };
}
export type AuditLogEntry = ReturnType<typeof toAuditLogEntry>;
