import 'server-only';
import type { Given } from '@/features/identity/access/lookup';
import type { StaffRole } from '@/lib/master/vocabulary';
import { revisionOf } from '@/lib/revision';

type Id = { toString(): string };

type StaffRow = {
  _id: Id;
  name: string;
  email: string;
  role: StaffRole;
  seesPatients: boolean;
  registrationNumber?: string | null;
  phone?: string | null;
  room?: string | null;
};
type Access = (Given & { status: 'active' | 'suspended'; branchIds: string[] }) | undefined;

/** What the form of the details shows, as it is stored. */
export const profileOf = (row: Omit<StaffRow, '_id' | 'name' | 'email' | 'role'>) => ({
  seesPatients: row.seesPatients,
  registrationNumber: row.registrationNumber ?? '',
  phone: row.phone ?? '',
  room: row.room ?? '',
});
/** Where they may work, as the form of it shows it. */
export const branchesOfMember = (branchIds: readonly string[]) => ({
  branchIds: [...branchIds].sort().join(),
});
/** The role that is chosen, built-in or custom. */
export const roleOf = ({ role, customRole }: Given) => ({ role: customRole?.id ?? role });

/**
 * A person on the staff page: the directory's entry, with the access and the last sign-in that master knows.
 */
export const toStaffMember = (row: StaffRow, access: Access, lastSignInAt: Date | null | undefined) => ({
  id: row._id.toString(),
  name: row.name,
  email: row.email,
  role: access?.role ?? row.role,
  /** With what it opens, for what may be done to the person. */
  customRole: access?.customRole ?? null,
  status: access?.status ?? ('suspended' as const),
  lastSignInAt: lastSignInAt?.toISOString() ?? null,
  /** None of them means everywhere. */
  branchIds: access?.branchIds ?? [],
  branchesVersion: revisionOf(branchesOfMember(access?.branchIds ?? [])),
  ...profileOf(row),
  profileVersion: revisionOf(profileOf(row)),
  roleVersion: revisionOf(roleOf({ role: access?.role ?? row.role, customRole: access?.customRole ?? null })),
});
export type StaffMember = ReturnType<typeof toStaffMember>;

type InvitationRow = {
  _id: Id;
  name: string;
  email: string;
  role: StaffRole;
  status: 'pending' | 'accepted' | 'revoked' | 'expired';
  expiresAt: Date;
  createdAt: Date;
};

export const toInvitation = (row: InvitationRow, { customRole }: Given) => ({
  id: row._id.toString(),
  name: row.name,
  email: row.email,
  role: row.role,
  customRole,
  isExpired: row.status === 'expired',
  expiresAt: row.expiresAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
});
export type Invitation = ReturnType<typeof toInvitation>;
