import type { DeliveryState } from '@/lib/master/vocabulary';

export type MailEntry = {
  id: string;
  kind: string;
  to: string;
  state: DeliveryState;
  problem: string | null;
  queuedAt: string;
  organization: { id: string; name: string } | null;
};

/** What a mail is about, in words; the first word of its key is said as it is where there is none here. */
const KINDS: Readonly<Record<string, string>> = {
  billing: 'Subscription and payment',
  change: 'Change of plan or money',
  closed: 'Account deleted',
  closing: 'Account being closed',
  colleagues: 'Change of sign-in, to colleagues',
  credit: 'Credit given',
  digest: 'Digest of notifications',
  'email-in-use': 'Address already in use',
  export: 'Export ready',
  invitation: 'Invitation',
  limit: 'Use near the limit',
  'note-mention': 'Named in a note on a customer',
  notice: 'Notification to the company',
  'password-changed': 'Password changed',
  quote: 'Enterprise offer',
  ready: 'Workspace ready',
  refund: 'Payment given back',
  report: 'Report that was asked for',
  request: 'Request received',
  'reset-password': 'New password',
  security: 'Change of sign-in',
  status: 'Incident on the status page',
  'status-confirm': 'Confirm mails of the status page',
  support: 'Support access',
  suspension: 'Suspension',
  team: 'Change in the team',
  'team-invitation': 'Invitation into the team',
  ticket: 'Answer to a ticket',
  'ticket-assigned': 'Ticket given to a colleague',
  'ticket-opened': 'Ticket received',
  'ticket-late': 'Ticket is late',
  'ticket-mention': 'Named in a ticket',
  'ticket-not-taken': 'Mail to a ticket not taken',
  'ticket-soon': 'Ticket is due soon',
  'trial-used': 'Trial used before',
  'verify-email': 'Confirm the address',
};
export const mailKind = (kind: string): string => KINDS[kind] ?? kind;

/** Nobody has it: the address or its mail server said no, or no server could be reached. */
export const UNDELIVERED = ['refused', 'bounced', 'failed'] as const satisfies DeliveryState[];
export const isUndelivered = (state: DeliveryState): boolean =>
  (UNDELIVERED as readonly DeliveryState[]).includes(state);
