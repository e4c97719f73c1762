import { GRANTABLE, PERMISSIONS, type Permission } from '@/lib/auth/permissions';

export const MAX_CUSTOM_ROLES = 20;

type Noun = Permission extends `${infer N}:${string}` ? N : never;

const GROUP: Record<Noun, string> = {
  today: 'Start',
  patients: 'Patients',
  files: 'Documents of patients',
  appointments: 'Appointments',
  queue: 'Queue',
  visits: 'Visits',
  diagnoses: 'Visits',
  medicines: 'Medicines and stock',
  reports: 'Reports',
  staff: 'Staff',
  roles: 'Roles',
  settings: 'Settings',
  'single-sign-on': 'Single sign-on',
  database: 'Database',
  billing: 'Billing',
  audit: 'Audit log',
  organization: 'The organization as a whole',
  support: 'Our support',
  'support-access': 'Support access',
};

export const PERMISSION_LABEL: Record<Permission, string> = {
  'today:read': 'See the day and one’s own account',
  'patients:read': 'See patients',
  'patients:write': 'Register and change patients',
  'files:read': 'See and download',
  'files:write': 'Upload, and delete own uploads',
  'files:delete': 'Delete what others uploaded',
  'appointments:read': 'See appointments',
  'appointments:write': 'Book, move and cancel',
  'queue:read': 'See the queue and the board',
  'queue:write': 'Check in, call and move on',
  'visits:read': 'Open visits and examinations',
  'visits:write': 'Write measurements',
  'diagnoses:write': 'Write findings and diagnoses, and sign',
  'medicines:read': 'See medicines and stock',
  'medicines:write': 'Change medicines and stock',
  'reports:read': 'See and export reports',
  'staff:read': 'See who works here',
  'staff:write': 'Invite, change and remove staff',
  'roles:write': 'Define custom roles',
  'settings:read': 'See settings',
  'settings:write': 'Change settings',
  'single-sign-on:write': 'Change the identity provider',
  'database:write': 'Move the data to a server of one’s own',
  'billing:read': 'See plan and invoices',
  'billing:write': 'Pay and change the plan',
  'audit:read': 'See, verify and export the log',
  'organization:export': 'Export all data',
  'organization:close': 'Close the account',
  'support:read': 'See what was asked',
  'support:ask': 'Ask for help',
  'support-access:read': 'See what support did',
  'support-access:manage': 'Let support in',
};

export type PermissionGroup = { title: string; permissions: Permission[] };

function groupsOf(permissions: readonly Permission[]): PermissionGroup[] {
  const groups = new Map<string, Permission[]>();
  for (const permission of permissions) {
    const title = GROUP[permission.slice(0, permission.indexOf(':')) as Noun];
    groups.set(title, [...(groups.get(title) ?? []), permission]);
  }
  return [...groups].map(([title, members]) => ({ title, permissions: members }));
}

/** The table's rows in plain words, by noun. */
export const PERMISSION_GROUPS = groupsOf(PERMISSIONS);
/** Those of them that a custom role may hold. */
export const GRANTABLE_GROUPS = groupsOf(GRANTABLE);

/** Part of each role: without it nobody could see their own account or sign out of it. */
export const ALWAYS: Permission = 'today:read';

/** What somebody needs to come to the place where this is done; null for what stands alone. */
export function neededFor(permission: Permission): Permission | null {
  if (permission === 'files:delete') return 'files:write';
  if (permission === 'support:ask') return 'support:read';
  if (permission === 'roles:write') return 'settings:read';
  if (permission === 'diagnoses:write') return 'visits:read';
  if (!permission.endsWith(':write')) return null;
  const look = permission.replace(/:write$/, ':read');
  return GRANTABLE.find((one) => one === look) ?? null;
}

/** `chosen` with everything that its parts need. */
export function withNeeded(chosen: readonly Permission[]): Permission[] {
  const all = new Set<Permission>([ALWAYS, ...chosen]);
  for (const one of all) {
    const needed = neededFor(one);
    if (needed) all.add(needed);
  }
  return GRANTABLE.filter((one) => all.has(one));
}
