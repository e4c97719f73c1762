import type { PlanId } from '../master/vocabulary';

type Limit = {
  /** What the points are counted for. `address` is a network address, `account` a folded e-mail address. */
  by: 'address' | 'account' | 'user' | 'organization' | 'token';
  points: number;
  seconds: number;
  /** Multiplies the points: what an organization pays for is also how much it may ask. */
  perPlan?: Record<PlanId, number>;
};

const BY_PLAN: Record<PlanId, number> = { starter: 1, professional: 4, enterprise: 20 };
const MINUTE = 60;

/**
 * Every limit of the product. Addresses are generous, because a whole hospital stands behind one; what guards
 * an account is counted for the account.
 */
export const LIMITS = {
  /** Sign-in attempts, right or wrong. */
  'sign-in.address': { by: 'address', points: 300, seconds: 5 * MINUTE },
  /**
   * Wrong passwords in a row; a right one clears it. The account then waits, or is opened by a link in a
   * mail.
   */
  'sign-in.account': { by: 'account', points: 10, seconds: 15 * MINUTE },
  /** The same in a browser that the person has signed in with before, which has tries of its own. */
  'sign-in.device': { by: 'token', points: 10, seconds: 15 * MINUTE },
  /**
   * Sign-ups with an address: each may try the password of one that was begun with it. Nothing clears it, for
   * any address.
   */
  'sign-up.account': { by: 'account', points: 10, seconds: 15 * MINUTE },
  /** Wrong codes of a second factor in a row. */
  'second-factor.user': { by: 'user', points: 8, seconds: 15 * MINUTE },
  /** Wrong PINs in a row at a shared computer; then the password is asked for. */
  'pin.session': { by: 'token', points: 5, seconds: 12 * 60 * MINUTE },
  /** Asking for the current password again before something that matters. */
  'password-again.user': { by: 'user', points: 10, seconds: 15 * MINUTE },
  /** The same by another person at the desk of one who asks them: it takes nothing from their own tries. */
  'approval.pair': { by: 'token', points: 10, seconds: 15 * MINUTE },
  /** Asking for another e-mail address: each is a mail to somebody. */
  'change-email.user': { by: 'user', points: 5, seconds: 60 * MINUTE },
  /** Mails that an organization has sent to one address of a stranger, whatever was revoked in between. */
  'mail.recipient': { by: 'token', points: 10, seconds: 60 * MINUTE },
  /** The same to one address by all organizations together. */
  'mail.address': { by: 'account', points: 20, seconds: 60 * MINUTE },
  /** Mails to strangers that an organization has sent. */
  'mail.organization': { by: 'organization', points: 60, seconds: 60 * MINUTE, perPlan: BY_PLAN },
  'feedback.user': { by: 'user', points: 10, seconds: 60 * MINUTE },
  /** Asking an identity provider or the DNS on behalf of an organization's settings. */
  'sso-test.organization': { by: 'organization', points: 30, seconds: 10 * MINUTE },
  /** A challenge that may be answered once. */
  'challenge.once': { by: 'token', points: 1, seconds: 10 * MINUTE },
  /** Forms of people who are not signed in. */
  'public.address': { by: 'address', points: 240, seconds: MINUTE },
  /**
   * Mails that are taken apart for one ticket: anybody who knows its reply address may write, and not without
   * end.
   */
  'inbound-mail.ticket': { by: 'token', points: 30, seconds: 10 * MINUTE },
  /** What a provider of payments tells at a hospital's address; it sends again what is refused. */
  'payment-events.organization': { by: 'organization', points: 600, seconds: MINUTE },
  /** Reports as PDF: each is a quarter of a second of the processor. */
  'pdf.organization': { by: 'organization', points: 60, seconds: MINUTE },
  'staff.user': { by: 'user', points: 300, seconds: MINUTE },
  'staff.organization': { by: 'organization', points: 1_500, seconds: MINUTE, perPlan: BY_PLAN },
  'route.user': { by: 'user', points: 600, seconds: MINUTE },
  'route.organization': { by: 'organization', points: 3_000, seconds: MINUTE, perPlan: BY_PLAN },
  'upload.user': { by: 'user', points: 60, seconds: MINUTE },
  'platform.user': { by: 'user', points: 300, seconds: MINUTE },
  /** Entries in the company's log of one person who knocks at its doors. */
  'platform-refusal.user': { by: 'user', points: 10, seconds: MINUTE },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;

/** Counts that guard an account: no configuration widens them. */
const FIXED: ReadonlySet<LimitName> = new Set([
  'sign-in.account',
  'sign-in.device',
  'sign-up.account',
  'second-factor.user',
  'pin.session',
  'password-again.user',
  'approval.pair',
  'change-email.user',
  'challenge.once',
  'mail.recipient',
  'mail.address',
  'platform-refusal.user',
]);

/** How many points a plan has for a limit; `scale` is RATE_LIMIT_SCALE. */
export function pointsOf(name: LimitName, plan: PlanId | undefined, scale: number): number {
  const limit: Limit = LIMITS[name];
  const base = limit.points * (plan ? (limit.perPlan?.[plan] ?? 1) : 1);
  return FIXED.has(name) ? base : Math.max(1, Math.round(base * scale));
}
