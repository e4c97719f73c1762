import 'server-only';
import { accessAllows, isWrite, type Permission } from '../auth/permissions';
import type { Principal, StaffPrincipal, SupportSession } from '../auth/principal';
import { supportActor, supportCan } from '../auth/support';
import { stateAllows } from '../organizations/policy';
import type { StaffActor } from '../tenancy/context';

/** A place at an organization's work: a member's own, or one that the owner lends to support for a time. */
export type Seat = {
  organization: StaffPrincipal['organization'];
  /** Where it may be taken, when not everywhere, and where it was taken. */
  branchIds: readonly string[];
  branchId: string | null;
  actor: StaffActor;
  /** What the role or the grant allows, whatever state the organization is in. */
  mayEver: (permission: Permission) => boolean;
  can: (permission: Permission) => boolean;
  support: SupportSession | null;
  /** The organization asks for a second factor that this person has not: nothing else opens before. */
  mustSetUpSecondFactor: boolean;
};

/** What the organization's state, and the work on its database, let through. */
function isOpenFor(organization: Seat['organization'], permission: Permission): boolean {
  const isHeld = Boolean(organization.hold && organization.hold.mode !== 'none');
  return stateAllows(organization.status, permission) && !(isHeld && isWrite(permission));
}

/** Null for people without a place in any organization. */
export function seatOf(principal: Principal | null): Seat | null {
  if (principal?.kind === 'staff') {
    const { organization, userId, name, email, role, customRole, sessionId } = principal;
    const mayEver = (permission: Permission) => accessAllows(principal, permission);
    return {
      organization,
      branchIds: principal.branchIds,
      branchId: principal.branchId,
      actor: { kind: 'staff', userId, name, email, role, customRole, sessionId },
      mayEver,
      can: (permission) => mayEver(permission) && isOpenFor(organization, permission),
      support: null,
      mustSetUpSecondFactor: principal.mustSetUpSecondFactor,
    };
  }
  if (principal?.kind !== 'platform' || !principal.support) return null;
  const { support } = principal;
  const { organization, grantedBy, scope } = support;
  const mayEver = (permission: Permission) => supportCan(scope, permission);
  return {
    organization,
    branchIds: [],
    branchId: null,
    actor: supportActor(principal, { id: grantedBy.userId, name: grantedBy.name }),
    mayEver,
    can: (permission) => mayEver(permission) && isOpenFor(organization, permission),
    support,
    mustSetUpSecondFactor: false,
  };
}
