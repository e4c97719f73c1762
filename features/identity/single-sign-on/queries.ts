import 'server-only';
import { SINGLE_SIGN_ON_PLAN } from '@/lib/auth/single-sign-on';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { ssoConnectionModel } from '@/lib/master/models/sso-connection';
import { userModel } from '@/lib/master/models/user';
import type { StaffRole } from '@/lib/master/vocabulary';
import { objectId, op } from '@/lib/mongo';
import { revisionOf } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { recordName, recordValue } from './dns';
import { emailDomainModel } from './model';
import { callbackAddress } from './provider';

export const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase();

/** The connection that counts for an organization now: paid for and tested. Null otherwise. */
export async function findUsableConnection(organizationId: string) {
  const _id = objectId(organizationId, 'organization');
  const [connection, organization] = await Promise.all([
    ssoConnectionModel.findById(_id).lean(),
    organizationModel.findById(_id).select('plan').lean(),
  ]);
  return connection?.testedAt && organization?.plan === SINGLE_SIGN_ON_PLAN ? connection : null;
}
export type UsableConnection = NonNullable<Awaited<ReturnType<typeof findUsableConnection>>>;

/**
 * Which provider an address is led to. Decided by the domain alone: it says nothing about who has an account.
 */
export async function findConnectionFor(email: string): Promise<UsableConnection | null> {
  const domain = await emailDomainModel.findById(domainOf(email)).select('organizationId').lean();
  return domain ? findUsableConnection(domain.organizationId.toString()) : null;
}

type Row = {
  isJustInTime: boolean;
  defaultRole: StaffRole;
  countsAsSecondFactor: boolean;
  isEnforced: boolean;
  breakGlassIds?: readonly { toString(): string }[] | null;
};
/** What the form of the connection shows, as it is stored. */
export const placeOf = (row: { issuer: string; clientId: string } | null) => ({
  issuer: row?.issuer,
  clientId: row?.clientId,
});
/** What the form of the rules shows, as it is stored. */
export const rulesOf = (row: Row) => ({
  isJustInTime: row.isJustInTime,
  defaultRole: row.defaultRole,
  countsAsSecondFactor: row.countsAsSecondFactor,
  isEnforced: row.isEnforced,
  breakGlass: (row.breakGlassIds ?? []).map(String).sort(),
});

/** The settings page; the secret is not among it. At most 20 domains and 20 owners. */
export async function getSingleSignOn(ctx: TenantContext) {
  const organizationId = objectId(ctx.organizationId);
  const [connection, domains, owners] = await Promise.all([
    ssoConnectionModel.findById(organizationId).lean(),
    emailDomainModel.find({ organizationId }).sort({ domain: 1 }).limit(20).lean(),
    membershipModel
      .find({ organizationId, status: 'active', role: 'owner' })
      .select('userId')
      .limit(20)
      .lean(),
  ]);
  const users = await userModel
    .find({ _id: op({ $in: owners.map(({ userId }) => userId) }) })
    .select('name secondFactorSince')
    .lean();
  const breakGlass = new Set((connection?.breakGlassIds ?? []).map(String));
  return {
    callbackAddress: callbackAddress(),
    placeVersion: revisionOf(placeOf(connection)),
    connection: connection
      ? {
          issuer: connection.issuer,
          clientId: connection.clientId,
          testedAt: connection.testedAt?.toISOString() ?? null,
          isEnforced: connection.isEnforced,
          isJustInTime: connection.isJustInTime,
          defaultRole: connection.defaultRole,
          countsAsSecondFactor: connection.countsAsSecondFactor,
          rulesVersion: revisionOf(rulesOf(connection)),
        }
      : null,
    domains: domains.map(({ domain, token, verifiedAt }) => ({
      domain,
      isVerified: Boolean(verifiedAt),
      recordName: recordName(domain),
      recordValue: recordValue(token),
    })),
    owners: users
      .map(({ _id, name, secondFactorSince }) => ({
        userId: _id.toString(),
        name,
        hasSecondFactor: Boolean(secondFactorSince),
        isBreakGlass: breakGlass.has(_id.toString()),
      }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  };
}
export type SingleSignOn = Awaited<ReturnType<typeof getSingleSignOn>>;
