import 'server-only';
import { openPlatformSecret, sealPlatformSecret } from '@/lib/crypto/cipher';
import type { OnlineAccountRow } from './dto';
import { onlineAccountModel } from './model';

type SecretName = 'secretKey' | 'eventSecret';

const contextOf = (organizationId: string, name: SecretName): string =>
  `online-account|${organizationId}|${name}`;

export const sealSecret = (organizationId: string, name: SecretName, text: string): string =>
  sealPlatformSecret(contextOf(organizationId, name), text);

/** @throws Error for one that is not there, or that no key opens. */
export const openSecret = (row: OnlineAccountRow, name: SecretName): string =>
  openPlatformSecret(contextOf(row._id.toString(), name), row[name] ?? '');

/** Seals every secret under the key of now. @returns how many accounts. */
export async function resealOnlineAccounts(): Promise<number> {
  let accounts = 0;
  for (const row of await onlineAccountModel.find().lean()) {
    const { _id, secretKey, eventSecret } = row;
    const again = (name: SecretName) => sealSecret(_id.toString(), name, openSecret(row, name));
    const $set = {
      secretKey: again('secretKey'),
      ...(eventSecret ? { eventSecret: again('eventSecret') } : {}),
    };
    accounts += (await onlineAccountModel.updateOne({ _id, secretKey }, { $set })).modifiedCount;
  }
  return accounts;
}
