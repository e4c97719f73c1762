import 'server-only';
import type { AuditDraft } from '../audit/draft';
import type { CustomRole } from '../auth/custom-role';
import type { Permission } from '../auth/permissions';
import { type Branch, branchesOf, ownBranches } from '../branches';
import { AppError } from '../errors';
import type { PlanId, StaffRole } from '../master/vocabulary';
import { MIN_SCHEMA_VERSION } from './schema-version';
import type { TenantDatabase } from './tenant-database';

declare const proof: unique symbol;
/** An organization's id that a gate has vouched for. */
type OrganizationId = string & { readonly [proof]: 'OrganizationId' };

export type StaffActor = {
  kind: 'staff';
  userId: string;
  name: string;
  email: string;
  role: StaffRole;
  /** Its permissions count instead of the role's. */
  customRole?: CustomRole | null;
  sessionId?: string;
  /** In a support session: the person who granted it. Every audit entry then carries both names. */
  onBehalfOf?: { id: string; name: string };
};
type SystemActor = { kind: 'system'; name: string };

export type OrganizationFacts = {
  name: string;
  timeZone: string;
  country: string;
  plan: PlanId;
  status: string;
  features: {
    maxUsers: number | null;
    maxStorage: number | null;
    enableAnalytics: boolean;
    enableReports: boolean;
  };
};

/** Proof that `actor` may touch this organization's data. Services take it first and trust it. */
export type TenantContext = Readonly<{
  organizationId: OrganizationId;
  organization: OrganizationFacts;
  timeZone: string;
  /** Where the organization works, closed ones too; the first is there from the beginning. */
  branches: readonly Branch[];
  /** Those that the actor may work at. */
  ownBranches: readonly Branch[];
  /** Whether somebody has said where the actor works; else it is everywhere. */
  isKept: boolean;
  /** Where the actor works now: one of those. */
  branch: Branch;
  actor: StaffActor | SystemActor;
  /** What the organization's state and the person's role allow; false for anything else. */
  can: (permission: Permission) => boolean;
  db: TenantDatabase;
  requestId: string;
  /** Where the request came from; absent in jobs and scripts. */
  request?: { ip: string; userAgent: string };
  /** The audit entry that the running action leaves; absent in pages, jobs and scripts. */
  audit?: AuditDraft;
}>;

const MAINTENANCE_RETRY_SECONDS = 120;

/**
 * The only constructor; refuses a database that is older than this code can serve. Imported by the gates in
 * lib/actions and by jobs; the layer check keeps it there.
 */
export function mintTenantContext({
  branches = branchesOf(null),
  branchIds,
  branchId,
  ...facts
}: Omit<TenantContext, 'organizationId' | 'branches' | 'ownBranches' | 'isKept' | 'branch'> & {
  organizationId: string;
  branches?: readonly Branch[];
  /** To which of them the actor is kept. */
  branchIds?: readonly string[];
  /** The one that the actor has chosen; without one, or where it is not theirs, the first of them. */
  branchId?: string | null;
}): TenantContext {
  if (facts.db.organizationId !== facts.organizationId) throw new Error('Context and database disagree');
  if (facts.db.schemaVersion < MIN_SCHEMA_VERSION) {
    throw new AppError(
      'MAINTENANCE',
      'The database of your organization is being brought up to date. Nothing is lost; please try again in a few minutes.',
      { retryAfterSeconds: MAINTENANCE_RETRY_SECONDS },
    );
  }
  const own = ownBranches(branches, branchIds);
  const branch = own.find(({ id }) => id === branchId) ?? own[0];
  if (!branch) throw new Error('There is no branch');
  return Object.freeze({
    ...facts,
    organizationId: facts.organizationId as OrganizationId,
    ...{ branches, ownBranches: own, isKept: (branchIds ?? []).length > 0, branch },
  });
}
