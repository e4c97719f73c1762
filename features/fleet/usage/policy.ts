import type { OrganizationState } from '@/lib/master/vocabulary';

const DAY_MS = 24 * 60 * 60_000;

/** What is known of a customer, to tell whether it is about to leave. */
export type Signals = {
  status: OrganizationState;
  /** Shut out by the company. */
  isSuspended?: boolean;
  /** The subscription ends with what is paid for. */
  isCancelling: boolean;
  createdAt: Date;
  /** Null: nobody has worked yet. */
  lastSeenAt: Date | null;
  activeUsers: { last7: number; before7: number };
  staff: number;
  staffLimit: number | null;
  storageBytes: number;
  storageLimit: number | null;
};

type Reason = { text: string; points: number };
export type Health = { score: number; reasons: Reason[] };

/** Weeks in which a hospital still learns: few users are normal then. */
const LEARNING_DAYS = 30;

const LEAVING: Partial<Record<OrganizationState, Reason>> = {
  past_due: { text: 'A payment is overdue', points: 55 },
  read_only: { text: 'Read-only since a payment is overdue', points: 60 },
  suspended: { text: 'Suspended since nothing was paid', points: 80 },
  canceled: { text: 'The subscription has ended', points: 90 },
  offboarding: { text: 'The account is being closed', points: 90 },
};

const SUSPENDED_BY_US: Reason = { text: 'Suspended by us', points: 80 };

function absence({ lastSeenAt, createdAt }: Signals, now: Date): Reason | null {
  const since = lastSeenAt ?? createdAt;
  const days = Math.floor((now.getTime() - since.getTime()) / DAY_MS);
  const points = days >= 14 ? 50 : days >= 7 ? 30 : days >= 3 ? 15 : 0;
  if (points === 0) return null;
  return {
    text: lastSeenAt ? `Nobody has worked for ${days} days` : `Nobody has begun in ${days} days`,
    points,
  };
}

function decline({ activeUsers: { last7, before7 } }: Signals): Reason | null {
  // Of one or two people a day off is half of all.
  if (before7 < 3) return null;
  const share = last7 / before7;
  if (share >= 0.7) return null;
  return {
    text: `${last7} people worked this week, ${before7} the week before`,
    points: share < 0.4 ? 35 : 20,
  };
}

function emptySeats({ staff, staffLimit, createdAt }: Signals, now: Date): Reason | null {
  const isLearning = now.getTime() - createdAt.getTime() < LEARNING_DAYS * DAY_MS;
  if (isLearning || staffLimit === null || staff * 2 >= staffLimit) return null;
  return { text: `Only ${staff} of ${staffLimit} staff accounts are used`, points: 10 };
}

function overLimit({ staff, staffLimit, storageBytes, storageLimit }: Signals): Reason | null {
  const over = [
    ...(staffLimit !== null && staff > staffLimit ? ['staff accounts'] : []),
    ...(storageLimit !== null && storageBytes > storageLimit ? ['storage'] : []),
  ];
  return over.length > 0 ? { text: `More ${over.join(' and ')} than the plan includes`, points: 10 } : null;
}

/** From 100 down, with a reason for each deduction, the gravest first. */
export function healthOf(signals: Signals, now: Date): Health {
  const reasons = [
    signals.isSuspended ? SUSPENDED_BY_US : (LEAVING[signals.status] ?? null),
    signals.isCancelling ? { text: 'The subscription will not renew', points: 40 } : null,
    absence(signals, now),
    decline(signals),
    emptySeats(signals, now),
    overLimit(signals),
  ]
    .filter((reason) => reason !== null)
    .sort((a, b) => b.points - a.points);
  const lost = reasons.reduce((sum, { points }) => sum + points, 0);
  return { score: Math.max(0, 100 - lost), reasons };
}

export const HEALTH_LEVELS = ['risk', 'watch', 'good'] as const;
export type HealthLevel = (typeof HEALTH_LEVELS)[number];
export const HEALTH_LABEL: Record<HealthLevel, string> = { risk: 'At risk', watch: 'Watch', good: 'Good' };

/** Scores of a level, both ends included. */
export const HEALTH_RANGE: Record<HealthLevel, readonly [number, number]> = {
  risk: [0, 49],
  watch: [50, 79],
  good: [80, 100],
};
export const levelOf = (score: number): HealthLevel =>
  HEALTH_LEVELS.find((level) => score <= HEALTH_RANGE[level][1]) ?? 'good';

/** The share of a limit that its owner should know of. */
export function shareToTell(used: number, limit: number | null): 0 | 80 | 100 {
  if (limit === null || limit <= 0) return 0;
  return used >= limit ? 100 : used >= limit * 0.8 ? 80 : 0;
}

/**
 * Below this the owner is told again the next time; above it, somebody who comes and goes would bring a mail
 * each day.
 */
export const isWellBelow = (used: number, limit: number | null): boolean =>
  limit === null || used < limit * 0.75;
