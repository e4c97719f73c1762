import type { SupportScope } from '@/lib/auth/support';
import type { DURATIONS } from './schema';

export type GrantState = 'requested' | 'withdrawn' | 'refused' | 'granted' | 'revoked' | 'expired';

export const SCOPE_LABEL: Record<SupportScope, string> = {
  'read-only': 'Look only',
  'read-write': 'Look and change',
};
export const SCOPE_HINT: Record<SupportScope, string> = {
  'read-only': 'Sees what an administrator sees. Changes and exports are refused.',
  'read-write':
    'May also change patients, appointments, the queue and medicines. Never staff, settings or billing, and never an export.',
};

export const DURATION_LABEL: Record<(typeof DURATIONS)[number], string> = {
  60: '1 hour',
  240: '4 hours',
  480: '8 hours',
  1440: '1 day',
  4320: '3 days',
};

export const GRANT_LABEL: Record<GrantState, string> = {
  requested: 'Waiting for the owner',
  withdrawn: 'Withdrawn',
  refused: 'Refused',
  granted: 'Open',
  revoked: 'Revoked',
  expired: 'Ended',
};

type Grant = { state: GrantState; expiresAt?: Date | null | undefined };

/** The clock ends a grant whether or not the worker has noted it yet. */
export function stateNow(grant: Grant, now: Date): GrantState {
  const isOver = grant.state === 'granted' && (!grant.expiresAt || grant.expiresAt <= now);
  return isOver ? 'expired' : grant.state;
}

type Asked = Grant & { requestedBy?: { id?: string | null | undefined } | null | undefined };

/**
 * A grant that somebody asked for is theirs; one given unasked is for any person of support who looks into
 * it.
 */
export const opensTo = (grant: Asked, userId: string, now: Date): boolean =>
  stateNow(grant, now) === 'granted' && (!grant.requestedBy?.id || grant.requestedBy.id === userId);
