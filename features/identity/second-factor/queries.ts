import 'server-only';
import { type AccountContext, actorId } from '@/features/identity/account/service/confirm-password';
import { passkeyModel } from '@/lib/master/models/passkey';
import { secondFactorModel } from '@/lib/master/models/second-factor';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';

/** The person's own second factors; no secret among it. */
export async function getSecondFactors(ctx: AccountContext) {
  const userId = objectId(actorId(ctx));
  const [factor, passkeys, user] = await Promise.all([
    secondFactorModel.findById(userId).select('totpSecret recoveryHashes').lean(),
    passkeyModel.find({ userId }).sort({ createdAt: 1 }).limit(20).select('name createdAt lastUsedAt').lean(),
    userModel.findById(userId).select('+pinHash').lean(),
  ]);
  return {
    hasTotp: Boolean(factor?.totpSecret),
    recoveryCodesLeft: factor?.recoveryHashes.length ?? 0,
    hasPin: Boolean(user?.pinHash),
    passkeys: passkeys.map((row) => ({
      id: row._id,
      name: row.name,
      createdAt: row.createdAt.toISOString(),
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    })),
  };
}

export { getOrganizationSecurity } from './organization';
