import { type Access, ADMINISTERS, accessAllows, permissionsOf } from '@/lib/auth/permissions';
import type { Branch } from '@/lib/branches';
import { STAFF_ROLES, type StaffRole } from '@/lib/master/vocabulary';
import { no, type Verdict, YES } from '@/lib/verdict';

export const ROLE_LABEL: Record<StaffRole, string> = {
  owner: 'Owner',
  admin: 'Administrator',
  doctor: 'Doctor',
  optometrist: 'Optometrist',
  receptionist: 'Receptionist',
  pharmacist: 'Pharmacist',
  cashier: 'Cashier',
};

export const ROLE_HINT: Record<StaffRole, string> = {
  owner: 'Everything, including billing and other owners.',
  admin: 'Everything except paying and managing owners and administrators.',
  doctor: 'Patients, appointments, the queue and examinations.',
  optometrist: 'Patients, the queue and examinations.',
  receptionist: 'Patients, appointments and the queue.',
  pharmacist: 'The queue, medicines and stock.',
  cashier: 'The queue, bills, payments and their own shift.',
};

type Person = Access & { userId: string };

/** Owners, administrators, and people whose own role decides about the access of others. */
const isPrivileged = (access: Access): boolean =>
  access.role === 'owner' ||
  access.role === 'admin' ||
  ADMINISTERS.some((permission) => accessAllows(access, permission));

const exceeds = (actor: Access, given: Access): boolean =>
  permissionsOf(given).some((permission) => !accessAllows(actor, permission));

/** What a role is called: the organization's own name for it where it has one. */
export const roleName = ({
  role,
  customRole,
}: {
  role: StaffRole;
  customRole?: { name: string } | null | undefined;
}): string => customRole?.name ?? ROLE_LABEL[role];

/** Whether `actor` may give this role to somebody: never more than they may do themselves. */
export function canGive(actor: Access, given: Access): Verdict {
  if (!accessAllows(actor, 'staff:write')) return no('Your role does not let you change staff.');
  if (isPrivileged(given) && actor.role !== 'owner') {
    return no(
      given.customRole
        ? 'Only an owner can give a role that decides about the access of others.'
        : `Only an owner can make somebody an ${ROLE_LABEL[given.role].toLowerCase()}.`,
    );
  }
  return exceeds(actor, given) ? no('This role may do more than yours. Ask an owner.') : YES;
}

/** The built-in roles that a person may give to others, lowest risk last. */
export const assignableRoles = (actor: Access): StaffRole[] =>
  STAFF_ROLES.filter((role) => canGive(actor, { role }).allowed);

/** Whether `actor` may make a custom role into `after`; `before` is null for a new one. */
export function canDefine(actor: Access, before: Access | null, after: Access): Verdict {
  if (!accessAllows(actor, 'roles:write')) return no('Your role does not let you define roles.');
  if (actor.role !== 'owner' && (isPrivileged(after) || (before && isPrivileged(before))))
    return no('Only an owner can define a role that decides about the access of others.');
  const added = permissionsOf(after).filter((one) => !before || !accessAllows(before, one));
  return added.every((one) => accessAllows(actor, one))
    ? YES
    : no('You cannot allow what you may not do yourself.');
}

/**
 * Whether `actor` may change, suspend or remove `target`. Nobody changes themselves, and only owners manage
 * owners, administrators and those whose own role decides about others: a person who acts on an owner is
 * another active owner, so one always stays.
 */
export function canManage(actor: Person, target: Person): Verdict {
  if (!accessAllows(actor, 'staff:write')) return no('Your role does not let you change staff.');
  if (actor.userId === target.userId)
    return no('You cannot change your own access. Ask another owner or administrator.');
  if (isPrivileged(target) && actor.role !== 'owner')
    return no('Only an owner can change owners and administrators.');
  return YES;
}

export function canChangeRole(actor: Person, target: Person, given: Access): Verdict {
  const manage = canManage(actor, target);
  return manage.allowed ? canGive(actor, given) : manage;
}

/** A person who manages staff may complete everybody's directory entry, their own too: it opens nothing. */
export const canEditProfile = (actor: Access): boolean => accessAllows(actor, 'staff:write');

/** True when the new role lacks something the old one had; open sessions then end. */
export const accessShrinks = (from: Access, to: Access): boolean => exceeds(to, from);

export type Seats = { used: number; limit: number | null };

export const isFull = (seats: Seats): boolean => seats.limit !== null && seats.used >= seats.limit;

/** "3 of 5 staff accounts used" */
export function seatsLabel({ used, limit }: Seats): string {
  if (limit === null) return `${used} staff ${used === 1 ? 'account' : 'accounts'} used, no limit`;
  return `${used} of ${limit} staff ${limit === 1 ? 'account' : 'accounts'} used`;
}

export type StaffBranch = Pick<Branch, 'id' | 'name' | 'isOpen'>;
type Kept = { branchIds: readonly string[] };

/** Where somebody works, in words. Who is kept to branches that are closed is not one who works at all. */
export function worksAt({ branchIds }: Kept, branches: readonly StaffBranch[]): string {
  if (branchIds.length === 0) return 'All';
  const kept = branches.filter(({ id }) => branchIds.includes(id));
  return kept.map(({ name, isOpen }) => (isOpen ? name : `${name} (closed)`)).join(', ');
}

/** Where somebody may be kept to: what is open, and what they are kept to now, so that saving loses none. */
export const keepChoices = ({ branchIds }: Kept, branches: readonly StaffBranch[]) =>
  branches
    .filter(({ id, isOpen }) => isOpen || branchIds.includes(id))
    .map(({ id, name, isOpen }) => ({ value: id, label: isOpen ? name : `${name} (closed)` }));
