import 'server-only';
import { openPlatformSecret, randomToken, sealPlatformSecret } from '../../crypto/cipher';
import { duplicateKey } from '../../errors';
import { vendorClusterModel } from '../../master/models/vendor-cluster';
import type { ProviderName } from '../../master/vocabulary';
import { objectId } from '../../mongo';
import { NeedsOperator } from '../provider';

/** Our tags on everything that we make; nothing without both is ever touched. */
export const tagsOf = (organizationId: string) => ({
  'managed-by': 'chakravue',
  organization: organizationId,
});

/**
 * Whether a cluster that was found is the one that this intent asked for.
 * @throws NeedsOperator when it is not.
 */
export function assertOurs(
  intent: Pick<VendorIntent, 'name' | 'organizationId' | 'isRequested'>,
  tags: Readonly<Record<string, string | undefined>>,
  vendor: string,
): void {
  const wanted = Object.entries(tagsOf(intent.organizationId));
  if (intent.isRequested && wanted.every(([key, value]) => tags[key] === value)) return;
  throw new NeedsOperator(`The ${vendor} cluster ${intent.name} exists and is not ours; it is left alone.`);
}

const context = (name: string): string => `${name}|vendor_clusters|adminPassword`;

export type VendorIntent = Readonly<{
  name: string;
  organizationId: string;
  /** Letters and digits: more is not allowed everywhere. */
  adminUsername: string;
  adminPassword: string;
  isRequested: boolean;
}>;

/**
 * What we mean to make for this organization, stored before the vendor is asked.
 * @throws when the name is another's.
 */
export async function ensureVendorIntent(
  provider: ProviderName,
  name: string,
  organizationId: string,
): Promise<VendorIntent> {
  try {
    await vendorClusterModel.updateOne(
      { _id: name },
      {
        $setOnInsert: {
          provider,
          organizationId: objectId(organizationId),
          adminPassword: sealPlatformSecret(context(name), randomToken()),
        },
      },
      { upsert: true },
    );
  } catch (error) {
    if (!duplicateKey(error)) throw error;
  }
  const row = await vendorClusterModel.findById(name).orFail().lean();
  if (row.organizationId.toString() !== organizationId || row.provider !== provider)
    throw new Error(`Cluster ${name} belongs to another organization`);
  if (row.removedAt) throw new Error(`Cluster ${name} has been removed`);
  return {
    name,
    organizationId,
    adminUsername: name.replaceAll('-', ''),
    adminPassword: openPlatformSecret(context(name), row.adminPassword),
    isRequested: Boolean(row.requestedAt),
  };
}

/** Written before the request: its reply may be lost. */
export async function noteRequested(intent: VendorIntent): Promise<VendorIntent> {
  await vendorClusterModel.updateOne({ _id: intent.name }, { $set: { requestedAt: new Date() } });
  return { ...intent, isRequested: true };
}

/** The intent of a cluster that is to go; null when it has gone. */
export async function findVendorIntent(name: string): Promise<{ organizationId: string } | null> {
  const row = await vendorClusterModel.findOne({ _id: name, removedAt: null }).lean();
  return row ? { organizationId: row.organizationId.toString() } : null;
}

export async function noteRemoved(name: string): Promise<void> {
  await vendorClusterModel.updateOne({ _id: name }, { $set: { removedAt: new Date() } });
}
