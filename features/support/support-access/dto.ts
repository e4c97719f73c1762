import 'server-only';
import type { SupportScope } from '@/lib/auth/support';
import { formatInstant } from '@/lib/time';
import { type GrantState, stateNow } from './policy';

type Person = { id?: string | null; name?: string | null } | null | undefined;
type GrantRow = {
  _id: { toString(): string };
  state: GrantState;
  reason: string;
  scope: SupportScope;
  durationMinutes: number;
  requestedBy?: Person;
  decidedBy?: Person;
  expiresAt?: Date | null;
  createdAt: Date;
  visits: { person: Person; enteredAt: Date; endedAt?: Date | null; endedBy?: string | null }[];
};

/** A request or a grant, with times in the words of the given time zone. */
export function toGrant(row: GrantRow, timeZone: string, now: Date) {
  const at = (instant: Date | null | undefined) => (instant ? formatInstant(instant, timeZone) : null);
  return {
    id: row._id.toString(),
    state: stateNow(row, now),
    reason: row.reason,
    scope: row.scope,
    durationMinutes: row.durationMinutes,
    requestedById: row.requestedBy?.id ?? null,
    requestedBy: row.requestedBy?.name ?? null,
    decidedBy: row.decidedBy?.name ?? null,
    until: at(row.expiresAt),
    askedAt: at(row.createdAt),
    visits: row.visits.map((visit, index) => ({
      id: `${row._id.toString()}-${index}`,
      name: visit.person?.name ?? '',
      enteredAt: at(visit.enteredAt),
      endedAt: at(visit.endedAt ?? (row.expiresAt && row.expiresAt <= now ? row.expiresAt : null)),
    })),
  };
}

type EventRow = {
  _id: { toString(): string };
  at: Date;
  actor: { name: string };
  action: string;
  target?: string | null;
  result: string;
};

export const toDeed = (row: EventRow, timeZone: string) => ({
  id: row._id.toString(),
  at: formatInstant(row.at, timeZone),
  actorName: row.actor.name,
  action: row.action,
  target: row.target ?? null,
  result: row.result,
});
