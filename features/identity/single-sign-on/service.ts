import 'server-only';
import type { ClientSession } from 'mongoose';
import { requireEntitlement } from '@/features/subscription/entitlements/service';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { randomToken } from '@/lib/crypto/cipher';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { membershipModel } from '@/lib/master/models/membership';
import { sessionModel } from '@/lib/master/models/session';
import { ssoConnectionModel } from '@/lib/master/models/sso-connection';
import { userModel } from '@/lib/master/models/user';
import type { StaffRole } from '@/lib/master/vocabulary';
import { objectId, op } from '@/lib/mongo';
import { takePoint } from '@/lib/rate-limit/limiter';
import type { TenantContext } from '@/lib/tenancy/context';
import { hasRecord, recordName, recordValue } from './dns';
import { emailDomainModel, ssoIdentityModel } from './model';
import { probe, sealClientSecret } from './provider';

const MAX_DOMAINS = 20;

/**
 * Another issuer or client has to be tested and enforced again.
 * @throws AppError INVALID_INPUT, PAYMENT_REQUIRED.
 */
export async function saveConnection(
  ctx: TenantContext,
  input: { issuer: string; clientId: string; clientSecret: string },
): Promise<void> {
  requireEntitlement(ctx, 'single-sign-on');
  const _id = objectId(ctx.organizationId);
  const before = await ssoConnectionModel.findById(_id).lean();
  const { issuer, clientId } = input;
  const isSamePlace = before?.issuer === issuer && before.clientId === clientId;
  if (!input.clientSecret && !isSamePlace) {
    throw new AppError(
      'INVALID_INPUT',
      'Enter the client secret that belongs to this issuer and client id.',
      {
        field: 'clientSecret',
      },
    );
  }
  const clientSecret = input.clientSecret
    ? sealClientSecret(ctx.organizationId, input.clientSecret)
    : before?.clientSecret;
  await auditedMasterWrite(ctx, async (session) => {
    await ssoConnectionModel.updateOne(
      { _id },
      {
        $set: { issuer, clientId, clientSecret, ...(isSamePlace ? {} : { isEnforced: false }) },
        ...(isSamePlace && !input.clientSecret ? {} : { $unset: { testedAt: 1 } }),
      },
      { upsert: true, session },
    );
    noteChange(ctx, before, { issuer, clientId }, ['issuer', 'clientId']);
  });
}

/** @throws AppError NOT_FOUND, INVALID_INPUT with what to correct. */
export async function testConnection(ctx: TenantContext, now = new Date()): Promise<void> {
  requireEntitlement(ctx, 'single-sign-on');
  await takePoint('sso-test.organization', ctx.organizationId);
  const connection = await ssoConnectionModel.findById(objectId(ctx.organizationId)).lean();
  if (!connection) throw notFoundError('connection');
  await probe(connection);
  // What was tested is what is marked: a change that came in between has to be tested itself.
  const { _id, issuer, clientId, clientSecret } = connection;
  await auditedMasterWrite(ctx, (session) =>
    ssoConnectionModel.updateOne(
      { _id, issuer, clientId, clientSecret },
      { $set: { testedAt: now } },
      { session },
    ),
  );
}

/** Passwords work again; the links to the provider's people are forgotten. */
export async function removeConnection(ctx: TenantContext): Promise<void> {
  const _id = objectId(ctx.organizationId);
  await auditedMasterWrite(ctx, async (session) => {
    await ssoConnectionModel.deleteOne({ _id }, { session });
    await ssoIdentityModel.deleteMany({ organizationId: _id }, { session });
    await sessionModel.updateMany(
      { organizationId: _id, method: 'single-sign-on', revokedAt: null },
      { $set: { revokedAt: new Date() } },
      { session },
    );
  });
}

type Rules = {
  isJustInTime: boolean;
  defaultRole: StaffRole;
  countsAsSecondFactor: boolean;
  isEnforced: boolean;
  breakGlass: string[];
};

/**
 * Who comes in how. Enforcing ends the sessions that were opened otherwise, but for one's own and the named
 * owners'.
 * @throws AppError NOT_FOUND, CONFLICT when enforcing would lock everybody out.
 */
export async function saveSignInRules(ctx: TenantContext, rules: Rules, now = new Date()): Promise<void> {
  requireEntitlement(ctx, 'single-sign-on');
  const _id = objectId(ctx.organizationId);
  const before = await ssoConnectionModel.findById(_id).lean();
  if (!before) throw notFoundError('connection');
  const breakGlassIds = await breakGlassOwners(ctx, rules.breakGlass);
  if (rules.isEnforced) {
    const hasDomain = await emailDomainModel.exists({
      organizationId: _id,
      verifiedAt: op({ $type: 'date' as const }),
    });
    if (!before.testedAt || !hasDomain)
      throw new AppError('CONFLICT', 'Test the connection and verify a domain before you enforce it.');
    if (breakGlassIds.length === 0) {
      throw new AppError(
        'CONFLICT',
        'Name at least one owner with a second factor who can sign in when your provider is down.',
      );
    }
  }
  const { breakGlass: _names, ...fields } = rules;
  await auditedMasterWrite(ctx, async (session) => {
    await ssoConnectionModel.updateOne({ _id }, { $set: { ...fields, breakGlassIds } }, { session });
    noteChange(ctx, before, { ...fields, breakGlassIds }, [
      'isJustInTime',
      'defaultRole',
      'countsAsSecondFactor',
      'isEnforced',
      'breakGlassIds',
    ]);
    if (rules.isEnforced && !before.isEnforced) await endOtherSessions(ctx, breakGlassIds, now, session);
  });
}

type Ids = ReturnType<typeof objectId>[];

/** @throws AppError CONFLICT for somebody who does not own this organization or has no second factor. */
async function breakGlassOwners(ctx: TenantContext, named: readonly string[]): Promise<Ids> {
  const ids = [...new Set(named)].map((id) => objectId(id, 'owner'));
  if (ids.length === 0) return [];
  const [owners, ready] = await Promise.all([
    membershipModel.countDocuments({
      organizationId: objectId(ctx.organizationId),
      userId: op({ $in: ids }),
      role: 'owner',
      status: 'active',
    }),
    userModel.countDocuments({
      _id: op({ $in: ids }),
      secondFactorSince: op({ $type: 'date' as const }),
    }),
  ]);
  if (owners !== ids.length) throw notFoundError('owner');
  if (ready !== ids.length)
    throw new AppError('CONFLICT', 'An owner named for emergencies needs a second factor first.');
  return ids;
}

async function endOtherSessions(
  ctx: TenantContext,
  except: Ids,
  now: Date,
  session: ClientSession,
): Promise<void> {
  const organizationId = objectId(ctx.organizationId);
  const people = await membershipModel
    .find({ organizationId })
    .select('userId')
    .limit(5_000)
    .session(session)
    .lean();
  const own = ctx.actor.kind === 'staff' ? ctx.actor.userId : '';
  const stay = new Set([own, ...except.map(String)]);
  await sessionModel.updateMany(
    {
      userId: op({ $in: people.map(({ userId }) => userId).filter((id) => !stay.has(id.toString())) }),
      organizationId,
      method: op({ $ne: 'single-sign-on' as const }),
      revokedAt: null,
    },
    { $set: { revokedAt: now } },
    { session },
  );
}

const pendingId = (organizationId: string, domain: string): string => `${organizationId}:${domain}`;

/** Asks for a domain; it counts once its DNS says so. @throws AppError CONFLICT, LIMIT_REACHED. */
export async function addDomain(ctx: TenantContext, domain: string): Promise<void> {
  requireEntitlement(ctx, 'single-sign-on');
  const organizationId = objectId(ctx.organizationId);
  if (await emailDomainModel.exists({ organizationId, domain }))
    throw new AppError('CONFLICT', `${domain} is in the list already.`, { field: 'domain' });
  if ((await emailDomainModel.countDocuments({ organizationId })) >= MAX_DOMAINS)
    throw new AppError('LIMIT_REACHED', 'You have 20 domains. Remove one that you no longer use first.');
  try {
    const row = {
      _id: pendingId(ctx.organizationId, domain),
      domain,
      organizationId,
      token: randomToken(),
    };
    await auditedMasterWrite(ctx, (session) => emailDomainModel.create([row], { session }));
  } catch (error) {
    if (!duplicateKey(error)) throw error;
  }
}

/**
 * @throws AppError NOT_FOUND, CONFLICT when the record is not there or the domain is another organization's.
 */
export async function verifyDomain(ctx: TenantContext, domain: string, now = new Date()): Promise<void> {
  requireEntitlement(ctx, 'single-sign-on');
  await takePoint('sso-test.organization', ctx.organizationId);
  const asked = await emailDomainModel.findById(pendingId(ctx.organizationId, domain)).lean();
  if (!asked) throw notFoundError('domain');
  if (!(await hasRecord(domain, asked.token))) {
    throw new AppError(
      'CONFLICT',
      `We do not see the record yet. Add a TXT record named ${recordName(domain)} with ${recordValue(asked.token)}; it can take an hour until it is seen everywhere.`,
    );
  }
  try {
    await auditedMasterWrite(ctx, async (session) => {
      const { organizationId, token } = asked;
      await emailDomainModel.create([{ _id: domain, domain, organizationId, token, verifiedAt: now }], {
        session,
      });
      await emailDomainModel.deleteOne({ _id: asked._id }, { session });
    });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    throw new AppError(
      'CONFLICT',
      `${domain} is verified by another organization. If it is yours, our support settles it with you.`,
    );
  }
}

/** @throws AppError NOT_FOUND, CONFLICT for the last verified domain while single sign-on is enforced. */
export async function removeDomain(ctx: TenantContext, domain: string): Promise<void> {
  const organizationId = objectId(ctx.organizationId);
  const [row, connection] = await Promise.all([
    emailDomainModel.findOne({ organizationId, domain }).lean(),
    ssoConnectionModel.findById(organizationId).select('isEnforced').lean(),
  ]);
  if (!row) throw notFoundError('domain');
  const verified = await emailDomainModel.countDocuments({
    organizationId,
    verifiedAt: op({ $type: 'date' as const }),
  });
  if (row.verifiedAt && connection?.isEnforced && verified < 2)
    throw new AppError('CONFLICT', 'Stop enforcing single sign-on before you remove its last domain.');
  await auditedMasterWrite(ctx, (session) =>
    emailDomainModel.deleteOne({ _id: row._id, organizationId }, { session }),
  );
}
