import 'server-only';
import '@/server/master-models';
import '../tenant-models';
import { resealOnlineAccounts } from '@/features/cashier/online-accounts/secrets';
import { openClientSecret, sealClientSecret } from '@/features/identity/single-sign-on/provider';
import { openTotpSecret, sealTotpSecret } from '@/lib/auth/second-factor';
import { openPlatformSecret, sealPlatformSecret, wrappingKey } from '@/lib/crypto/cipher';
import { addDataKey, rewrapOrganizationKeys } from '@/lib/crypto/organization-keys';
import { closeMaster } from '@/lib/master/connection';
import { cellModel } from '@/lib/master/models/cell';
import { organizationModel } from '@/lib/master/models/organization';
import { organizationKeyModel } from '@/lib/master/models/organization-key';
import { secondFactorModel } from '@/lib/master/models/second-factor';
import { ssoConnectionModel } from '@/lib/master/models/sso-connection';
import { op } from '@/lib/mongo';
import { cellContext } from '@/lib/provisioning/cells';
import { getPlacement, readConnectionString, sealConnectionString } from '@/lib/tenancy/placement';
import { enqueue } from '@/lib/work/queue';

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** The operator's command behind `npm run keys`. @returns the exit code. */
export async function runKeys([verb, organizationId]: readonly string[]): Promise<number> {
  try {
    if (verb === 'status') return await status();
    if (verb === 'rotate') return await rotate();
    if (verb === 'rotate-data' && organizationId) {
      const version = await addDataKey(organizationId);
      await enqueue('organization.reseal', organizationId);
      print(
        `New data key: version ${version}. What is written from now on uses it; the worker seals the rest with it.`,
      );
      return 0;
    }
    print('Use: npm run keys -- status | rotate | rotate-data <organization id>');
    return 2;
  } finally {
    await closeMaster();
  }
}

async function status(): Promise<number> {
  const { id } = wrappingKey();
  const live = { destroyedAt: op({ $exists: false }) };
  const [current, all, destroyed] = await Promise.all([
    organizationKeyModel.countDocuments({ ...live, kek: id }),
    organizationKeyModel.countDocuments(live),
    organizationKeyModel.countDocuments({ destroyedAt: op({ $exists: true }) }),
  ]);
  print(`Key encryption key ${id}: wraps ${current} of ${all} keys; ${destroyed} are destroyed.`);
  return 0;
}

/**
 * Rewraps the organizations' keys and seals every secret of the platform again, under the current key
 * encryption key.
 */
async function rotate(): Promise<number> {
  print(`${await rewrapOrganizationKeys()} keys wrapped anew.`);
  const placed = await organizationModel
    .find({ 'placement.databaseName': op({ $exists: true }) })
    .select('_id')
    .lean();
  let sealed = 0;
  for (const { _id } of placed) {
    const organizationId = _id.toString();
    const placement = await getPlacement(organizationId);
    const connectionString = sealConnectionString(organizationId, readConnectionString(placement));
    const done = await organizationModel.updateOne(
      { _id, 'placement.connectionString': placement.sealedConnectionString },
      { $set: { 'placement.connectionString': connectionString } },
    );
    sealed += done.modifiedCount;
  }
  print(`${sealed} connection strings sealed anew.`);

  let secrets = 0;
  for (const { _id, totpSecret } of await secondFactorModel
    .find({ totpSecret: op({ $exists: true }) })
    .lean()) {
    if (!totpSecret) continue;
    const userId = _id.toString();
    const fresh = sealTotpSecret(userId, openTotpSecret(userId, totpSecret));
    secrets += (await secondFactorModel.updateOne({ _id, totpSecret }, { $set: { totpSecret: fresh } }))
      .modifiedCount;
  }
  print(`${secrets} second factors sealed anew.`);

  let clients = 0;
  for (const connection of await ssoConnectionModel.find().lean()) {
    const { _id, clientSecret } = connection;
    const fresh = sealClientSecret(_id.toString(), openClientSecret(connection));
    clients += (await ssoConnectionModel.updateOne({ _id, clientSecret }, { $set: { clientSecret: fresh } }))
      .modifiedCount;
  }
  print(`${clients} client secrets of identity providers sealed anew.`);

  print(`${await resealOnlineAccounts()} accounts for online payments sealed anew.`);

  let passwords = 0;
  for (const { _id, password } of await cellModel.find({ password: op({ $exists: true }) }).lean()) {
    if (!password) continue;
    const fresh = sealPlatformSecret(cellContext(_id), openPlatformSecret(cellContext(_id), password));
    passwords += (await cellModel.updateOne({ _id, password }, { $set: { password: fresh } })).modifiedCount;
  }
  print(`${passwords} passwords of cells sealed anew.`);
  return 0;
}
