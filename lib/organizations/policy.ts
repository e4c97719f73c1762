import { isWrite, type Permission } from '@/lib/auth/permissions';
import type { HoldMode, OrganizationState } from '@/lib/master/vocabulary';
import { dayOf, formatDay } from '@/lib/time';

type Allowed = { signIn: boolean; read: boolean; write: boolean; export: boolean; pay: boolean };

const ALL: Allowed = { signIn: true, read: true, write: true, export: true, pay: true };
const NONE: Allowed = { signIn: false, read: false, write: false, export: false, pay: false };

/** What an organization may do in each state. Every gate reads this table and no other. */
export const STATE_ALLOWS: Record<OrganizationState, Allowed> = {
  requested: NONE,
  pending_payment: { ...NONE, pay: true },
  provisioning: NONE,
  active: ALL,
  past_due: ALL,
  read_only: { signIn: true, read: true, write: false, export: true, pay: true },
  suspended: { ...NONE, pay: true },
  canceled: { ...NONE, pay: true },
  offboarding: { signIn: true, read: true, write: false, export: true, pay: false },
  deleted: NONE,
};

/** Whether the organization's state lets a permission through, whatever the role. */
export function stateAllows(state: OrganizationState, permission: Permission): boolean {
  const allowed = STATE_ALLOWS[state];
  if (permission === 'billing:write') return allowed.signIn && allowed.pay;
  return isWrite(permission) ? allowed.write : allowed.read;
}

type Standing = {
  timeZone: string;
  nonPayment?: { stage: string; nextStageAt?: Date | null } | null | undefined;
};

const dayIn = (instant: Date, timeZone: string): string => formatDay(dayOf(instant, timeZone));

/** Why records can only be looked at, and until when, in plain words. */
export function readOnlyReason({ timeZone, nonPayment }: Standing): string {
  if (!nonPayment) return 'Your organization is read-only until its subscription goes on.';
  const until = nonPayment.nextStageAt
    ? ` Records can be seen, printed and exported until ${dayIn(nonPayment.nextStageAt, timeZone)}.`
    : '';
  return `Your organization is read-only until its invoice is paid.${until}`;
}

/** What a missing payment means while everything still works. */
export function pastDueNotice({ timeZone, nonPayment }: Standing): string {
  const until = nonPayment?.nextStageAt
    ? `Everything works until ${dayIn(nonPayment.nextStageAt, timeZone)}; after that records can only be seen, printed and exported.`
    : 'Everything works.';
  return `The last payment failed. ${until}`;
}

/** In the words of the interface. */
export const STATE_LABEL: Record<OrganizationState, string> = {
  requested: 'Asked for an offer',
  pending_payment: 'Waiting for payment',
  provisioning: 'Being set up',
  active: 'Active',
  past_due: 'Payment overdue',
  read_only: 'Read-only',
  suspended: 'Suspended',
  canceled: 'Canceled',
  offboarding: 'Leaving',
  deleted: 'Deleted',
};

export const HOLD_SENTENCE: Record<Exclude<HoldMode, 'none'>, string> = {
  read_only:
    'Your database is being moved or restored and can only be read for some minutes. Nothing was changed; please try again soon.',
  closed: 'Your database is being switched. It opens again within a minute.',
};

/** For everybody of an organization that the company has closed; it says nothing of why. */
export const SUSPENDED =
  'Your organization is suspended. Its owner has been told why; please write to support.';

/** Why nothing of an organization opens, whatever the role; null while its records can be seen. */
export function closedReason(organization: {
  status: OrganizationState;
  suspension?: { reason: string } | null | undefined;
}): { title: string; reason: string; canPay: boolean } | null {
  if (organization.suspension) {
    const reason = `We have suspended it: ${organization.suspension.reason}`;
    return { title: 'Your organization is suspended', reason, canPay: false };
  }
  const { read, pay } = STATE_ALLOWS[organization.status];
  if (read || !pay) return null;
  return organization.status === 'canceled'
    ? {
        title: 'Your subscription has ended',
        reason: 'Your records are kept. With a new subscription everything opens again at once.',
        canPay: true,
      }
    : {
        title: 'Your organization is suspended',
        reason:
          'An invoice was not paid. Your records are kept; with the payment everything opens again at once.',
        canPay: true,
      };
}
