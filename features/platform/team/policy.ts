import { PLATFORM_TABLE } from '@/lib/auth/platform-permissions';
import { PLATFORM_ROLES, type PlatformRole } from '@/lib/master/vocabulary';

/** How the roles of the company are called, and what each is for. */
export const TEAM_ROLES: Record<PlatformRole, { label: string; hint: string }> = {
  owner: { label: 'Owner', hint: 'Everything, and who belongs to the team.' },
  support: { label: 'Support', hint: 'Tickets, demos, announcements, and hospitals that let them in.' },
  finance: { label: 'Finance', hint: 'Revenue, quotes, and what is between us and Stripe.' },
  engineer: { label: 'Engineer', hint: 'Databases, backups, events, the status page and the log.' },
  'read-only': { label: 'Read-only', hint: 'Sees what the others see, and changes nothing.' },
};

export const TEAM_ROLE_CHOICES = PLATFORM_ROLES.map((value) => ({ value, label: TEAM_ROLES[value].label }));

/** The table of permissions as the team page shows it: what each role may do, in words. */
export const TEAM_MATRIX = PLATFORM_TABLE.filter(({ permission }) => permission !== 'account:own').map(
  ({ label, roles }) => ({ label, may: PLATFORM_ROLES.map((role) => roles.includes(role)) }),
);
