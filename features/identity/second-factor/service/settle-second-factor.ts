import 'server-only';
import type { ClientSession } from 'mongoose';
import { hashRecoveryCode, newRecoveryCodes } from '@/lib/auth/second-factor';
import { passkeyModel } from '@/lib/master/models/passkey';
import { secondFactorModel } from '@/lib/master/models/second-factor';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';

/**
 * Brings `secondFactorSince` in step with what there is, in the transaction that changed it. The first factor
 * comes with recovery codes, the last one takes them along.
 * @returns new codes, to be shown once, or null.
 */
export async function settleSecondFactor(
  userId: string,
  session: ClientSession,
  now = new Date(),
  { isAdded = false }: { isAdded?: boolean } = {},
): Promise<string[] | null> {
  const id = objectId(userId);
  const factor = await secondFactorModel
    .findById(id)
    .select('totpSecret recoveryHashes')
    .session(session)
    .lean();
  const hasFactor =
    Boolean(factor?.totpSecret) || (await passkeyModel.exists({ userId: id }).session(session));
  if (!hasFactor) {
    await userModel.updateOne(
      { _id: id },
      { $unset: { secondFactorSince: 1, factorAddedAt: 1 } },
      { session },
    );
    await secondFactorModel.updateOne({ _id: id }, { $set: { recoveryHashes: [] } }, { session });
    return null;
  }
  if (isAdded) await userModel.updateOne({ _id: id }, { $set: { factorAddedAt: now } }, { session });
  await userModel.updateOne(
    { _id: id, secondFactorSince: null },
    { $set: { secondFactorSince: now } },
    { session },
  );
  if (factor?.recoveryHashes.length) return null;
  const codes = newRecoveryCodes();
  const recoveryHashes = codes.map(hashRecoveryCode);
  await secondFactorModel.updateOne({ _id: id }, { $set: { recoveryHashes } }, { session, upsert: true });
  return codes;
}
