import 'server-only';
import { requireEntitlement } from '@/features/subscription/entitlements/service';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { randomToken } from '@/lib/crypto/cipher';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { ssoConnectionModel } from '@/lib/master/models/sso-connection';
import { objectId, op } from '@/lib/mongo';
import { takePoint } from '@/lib/rate-limit/limiter';
import type { TenantContext } from '@/lib/tenancy/context';
import { hasRecord, recordName, recordValue } from '../dns';
import { emailDomainModel } from '../model';

const MAX_DOMAINS = 20;

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
