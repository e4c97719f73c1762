import { PERMISSIONS, roleCan } from '@/lib/auth/permissions';
import { STAFF_ROLES, type StaffRole } from '@/lib/master/vocabulary';

export const ROLE_LABEL: Record<StaffRole, string> = {
  owner: 'Owner',
  admin: 'Administrator',
  doctor: 'Doctor',
  optometrist: 'Optometrist',
  receptionist: 'Receptionist',
  pharmacist: 'Pharmacist',
};

export const ROLE_HINT: Record<StaffRole, string> = {
  owner: 'Everything, including billing and other owners.',
  admin: 'Everything except paying and managing owners and administrators.',
  doctor: 'Patients, appointments, the queue and examinations.',
  optometrist: 'Patients, the queue and examinations.',
  receptionist: 'Patients, appointments and the queue.',
  pharmacist: 'The queue, medicines and stock.',
};

type Person = { userId: string; role: StaffRole };
export type Verdict = { allowed: true } | { allowed: false; reason: string };

const YES: Verdict = { allowed: true };
const no = (reason: string): Verdict => ({ allowed: false, reason });
const isPrivileged = (role: StaffRole): boolean => role === 'owner' || role === 'admin';

/** The roles a person may give to others, lowest risk last. */
export function assignableRoles(actor: StaffRole): StaffRole[] {
  if (!roleCan(actor, 'staff:write')) return [];
  return STAFF_ROLES.filter((role) => actor === 'owner' || !isPrivileged(role));
}

export function canInvite(actor: StaffRole, role: StaffRole): Verdict {
  return assignableRoles(actor).includes(role)
    ? YES
    : no(`Only an owner can invite an ${ROLE_LABEL[role].toLowerCase()}.`);
}

/**
 * Whether `actor` may change, suspend or remove `target`. Nobody changes themselves, and only owners manage owners and
 * administrators: whoever acts on an owner is another active owner, so one always stays.
 */
export function canManage(actor: Person, target: Person): Verdict {
  if (!roleCan(actor.role, 'staff:write')) return no('Only owners and administrators can change staff.');
  if (actor.userId === target.userId)
    return no('You cannot change your own access. Ask another owner or administrator.');
  if (isPrivileged(target.role) && actor.role !== 'owner')
    return no('Only an owner can change owners and administrators.');
  return YES;
}

export function canChangeRole(actor: Person, target: Person, role: StaffRole): Verdict {
  const manage = canManage(actor, target);
  if (!manage.allowed) return manage;
  return assignableRoles(actor.role).includes(role)
    ? YES
    : no('Only an owner can make somebody an owner or administrator.');
}

/** Owners and administrators may complete everybody's directory entry, their own too: it opens nothing. */
export const canEditProfile = (actor: StaffRole): boolean => roleCan(actor, 'staff:write');

/** True when the new role lacks something the old one had; open sessions then end. */
export const accessShrinks = (from: StaffRole, to: StaffRole): boolean =>
  PERMISSIONS.some((permission) => roleCan(from, permission) && !roleCan(to, permission));

export type Seats = { used: number; limit: number | null };

export const isFull = (seats: Seats): boolean => seats.limit !== null && seats.used >= seats.limit;

/** "3 of 5 staff accounts used" */
export function seatsLabel({ used, limit }: Seats): string {
  if (limit === null) return `${used} staff ${used === 1 ? 'account' : 'accounts'} used, no limit`;
  return `${used} of ${limit} staff ${limit === 1 ? 'account' : 'accounts'} used`;
}
