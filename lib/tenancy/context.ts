import 'server-only';
import type { Permission } from '../auth/permissions';
import type { PlanId, StaffRole } from '../master/vocabulary';
import type { TenantDatabase } from './tenant-database';

declare const proof: unique symbol;
/** An organization's id that a gate has vouched for. */
export type OrganizationId = string & { readonly [proof]: 'OrganizationId' };

export type StaffActor = {
  kind: 'staff';
  userId: string;
  name: string;
  email: string;
  role: StaffRole;
  sessionId?: string;
  /** In a support session: the person who granted it. Every audit entry then carries both names. */
  onBehalfOf?: { id: string; name: string };
};
export type SystemActor = { kind: 'system'; name: string };

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
  actor: StaffActor | SystemActor;
  /** What the organization's state and the person's role allow; false for anything else. */
  can: (permission: Permission) => boolean;
  db: TenantDatabase;
  requestId: string;
  /** Where the request came from; absent in jobs and scripts. */
  request?: { ip: string; userAgent: string };
}>;

/** The only constructor. Imported by the gates in lib/actions and by jobs; the layer check keeps it there. */
export function mintTenantContext(
  facts: Omit<TenantContext, 'organizationId'> & { organizationId: string },
): TenantContext {
  if (facts.db.organizationId !== facts.organizationId) throw new Error('Context and database disagree');
  return Object.freeze({ ...facts, organizationId: facts.organizationId as OrganizationId });
}
