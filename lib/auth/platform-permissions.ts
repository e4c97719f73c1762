import type { PlatformRole } from '../master/vocabulary';

// What the company's people may do on /platform. The hospitals' table is permission-table.ts: neither opens
// anything of the other.

type Row = {
  /** `noun:verb`; looking is `read`. */
  permission: string;
  /** What it lets people do, in words. */
  label: string;
  roles: readonly PlatformRole[];
};

const OWNER = ['owner'] as const;
const EVERYONE = ['owner', 'support', 'finance', 'engineer', 'read-only'] as const;
const MONEY = ['owner', 'finance'] as const;
const CARE = ['owner', 'support'] as const;
const MACHINES = ['owner', 'engineer'] as const;
const CARE_AND_MACHINES = ['owner', 'support', 'engineer'] as const;
const WORKERS = ['owner', 'support', 'finance', 'engineer'] as const;

// biome-ignore format: one line for each permission, so that the table can be read down its columns
const ROWS = [
  // One's own name, password, second factor and sessions.
  { permission: 'account:own', label: 'Look after one’s own account', roles: EVERYONE },
  { permission: 'overview:read', label: 'See the overview', roles: EVERYONE },
  { permission: 'organizations:read', label: 'See customers', roles: EVERYONE },
  // Everybody's address and telephone number in one file.
  { permission: 'organizations:export', label: 'Export all customers', roles: MONEY },
  { permission: 'organizations:suspend', label: 'Suspend a customer and let them in again', roles: CARE },
  { permission: 'customer-notes:write', label: 'Keep contacts of customers and notes on them', roles: WORKERS },
  // Everybody's address, and what was sent there.
  { permission: 'mails:read', label: 'See which mails were sent and what came of them', roles: EVERYONE },
  { permission: 'demos:write', label: 'Make and reset demos', roles: CARE_AND_MACHINES },
  { permission: 'revenue:read', label: 'See revenue', roles: ['owner', 'finance', 'read-only'] },
  // Every customer's tax number and what each has paid, in one file.
  { permission: 'accounting:export', label: 'Export the journal and the list of invoices', roles: MONEY },
  { permission: 'quotes:write', label: 'Send and withdraw quotes', roles: MONEY },
  // Money that leaves us.
  { permission: 'refunds:write', label: 'Give payments back', roles: MONEY },
  { permission: 'terms:write', label: 'Give credit, discounts and longer trials; change plans', roles: MONEY },
  // Asks Stripe what is true; changes nothing there.
  { permission: 'subscriptions:sync', label: 'Bring a subscription in step with Stripe', roles: WORKERS },
  { permission: 'databases:read', label: 'See databases and backups', roles: EVERYONE },
  { permission: 'databases:write', label: 'Back up, restore, move and repair databases', roles: MACHINES },
  { permission: 'events:read', label: 'See events and reconciliation', roles: EVERYONE },
  { permission: 'events:write', label: 'Replay events and reconcile', roles: ['owner', 'finance', 'engineer'] },
  { permission: 'usage:read', label: 'See usage', roles: EVERYONE },
  { permission: 'tickets:read', label: 'See tickets', roles: EVERYONE },
  { permission: 'tickets:write', label: 'Answer tickets and have them assigned', roles: WORKERS },
  // What everybody then sends, and what a contract promises.
  { permission: 'targets:write', label: 'Change saved answers and agreed times', roles: CARE },
  // Into a hospital's records, under its owner's grant.
  { permission: 'support-access:use', label: 'Ask owners for access and use it', roles: CARE_AND_MACHINES },
  { permission: 'feedback:read', label: 'See feedback', roles: EVERYONE },
  { permission: 'feedback:write', label: 'Mark feedback as read, and export it', roles: CARE },
  { permission: 'announcements:read', label: 'See announcements', roles: EVERYONE },
  { permission: 'announcements:write', label: 'Write announcements', roles: CARE },
  { permission: 'status:read', label: 'See what the status page says', roles: EVERYONE },
  { permission: 'status:write', label: 'Open and update incidents', roles: CARE_AND_MACHINES },
  { permission: 'audit:read', label: 'See, verify and export the log', roles: ['owner', 'engineer', 'read-only'] },
  { permission: 'team:read', label: 'See the team', roles: EVERYONE },
  { permission: 'team:write', label: 'Invite, change and remove people', roles: OWNER },
] as const satisfies readonly Row[];

export type PlatformPermission = (typeof ROWS)[number]['permission'];

/** All permissions of the company's people, in the order in which they are shown. */
export const PLATFORM_TABLE: readonly (Row & { permission: PlatformPermission })[] = ROWS;
export const PLATFORM_PERMISSIONS: readonly PlatformPermission[] = ROWS.map(({ permission }) => permission);

const ROW: ReadonlyMap<string, Row> = new Map(ROWS.map((row) => [row.permission, row]));

/** Nothing is allowed by default: a role or a name that is not in the table opens nothing. */
export const platformCan = (role: PlatformRole, permission: PlatformPermission): boolean =>
  ROW.get(permission)?.roles.includes(role) ?? false;

/** Who has a permission: for lists of colleagues, and for whom a mail concerns. */
export const rolesWith = (permission: PlatformPermission): readonly PlatformRole[] =>
  ROW.get(permission)?.roles ?? [];
