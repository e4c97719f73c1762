import 'server-only';
import { requireEntitlement } from '@/features/subscription/entitlements/service';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { sessionModel } from '@/lib/master/models/session';
import { ssoConnectionModel } from '@/lib/master/models/sso-connection';
import { objectId } from '@/lib/mongo';
import { takePoint } from '@/lib/rate-limit/limiter';
import { assertUnchanged } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { ssoIdentityModel } from '../model';
import { probe, sealClientSecret } from '../provider';
import { placeOf } from '../queries';

/**
 * Another issuer or client has to be tested and enforced again.
 * @throws AppError INVALID_INPUT, PAYMENT_REQUIRED.
 */
export async function saveConnection(
  ctx: TenantContext,
  input: { issuer: string; clientId: string; clientSecret: string; version?: string },
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
    assertUnchanged(placeOf(await ssoConnectionModel.findById(_id).session(session).lean()), input.version);
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
