import 'server-only';
import { ConnectionString } from 'mongodb-connection-string-url';
import type { ProviderName } from '../../master/vocabulary';
import { connected, NotReadyYet, type Provider, type TenantTarget, withCredential } from '../provider';
import { dropWireUser, ensureMarker, ensureWireUser } from '../wire';
import {
  assertOurs,
  ensureVendorIntent,
  findVendorIntent,
  noteRemoved,
  noteRequested,
  type VendorIntent,
} from './intent';

/** Vendors' own tools ask no more often; a cluster takes about ten minutes. */
export const POLL_MS = 30_000;

type Tags = Readonly<Record<string, string | undefined>>;
type Vendor<Found> = {
  name: ProviderName;
  /** In sentences: "AWS". */
  label: string;
  find: (name: string) => Promise<Found | null>;
  tagsOf: (found: Found) => Promise<Tags> | Tags;
  /** Asks for the cluster; one that is there already is not an error. */
  request: (intent: VendorIntent) => Promise<void>;
  /** Of a cluster that serves. @throws NotReadyYet before. */
  addressOf: (found: Found, intent: VendorIntent) => Promise<string>;
  /** Asks for its removal; one that is under way is not an error. */
  requestRemoval: (found: Found, name: string) => Promise<void>;
  /** Turns the vendor's errors into what the worker understands. */
  outcome: <T>(work: () => Promise<T>) => Promise<T>;
  /** Where roles are not by database. */
  roles?: { role: string; db: string }[];
};

/** Letters, digits and hyphens, at most 40: `ck-<organization>`, and a number for each that follows. */
const clusterOf = (organizationId: string, generation: number): string =>
  generation === 0 ? `ck-${organizationId}` : `ck-${organizationId}-${generation}`;

type Named = Pick<TenantTarget, 'cellId' | 'databaseName'>;
const nameOf = ({ cellId, databaseName }: Named): string =>
  cellId ?? clusterOf(databaseName.replace(/^org_/, ''), 0);

/**
 * What providers have in common whose clusters belong to one organization each and whose users are made over
 * the wire.
 */
export function ownCluster<Found>(vendor: Vendor<Found>) {
  const { outcome } = vendor;
  const connectionString: Provider['connectionString'] = (target) => {
    if (!target.address) throw new Error(`The cluster of ${target.databaseName} has no address yet`);
    return withCredential(target.address, target, 'admin');
  };

  /** The cluster, asked for where it is missing. */
  async function addressWhenReady(intent: VendorIntent): Promise<string> {
    let current = intent;
    let found = await vendor.find(intent.name);
    if (!found) {
      current = await noteRequested(intent);
      await vendor.request(current);
      found = await vendor.find(intent.name);
    }
    if (!found) throw new NotReadyYet(`${vendor.label} is making the cluster`, POLL_MS);
    assertOurs(current, await vendor.tagsOf(found), vendor.label);
    return vendor.addressOf(found, current);
  }

  async function asAdmin<T>(
    target: Named & Pick<TenantTarget, 'organizationId'>,
    work: Parameters<typeof connected<T>>[1],
  ): Promise<T> {
    const intent = await ensureVendorIntent(vendor.name, nameOf(target), target.organizationId);
    const uri = new ConnectionString(await addressWhenReady(intent));
    uri.username = intent.adminUsername;
    uri.password = encodeURIComponent(intent.adminPassword);
    uri.searchParams.set('authSource', 'admin');
    return connected(uri.toString(), work);
  }

  return {
    clusterOf,
    connectionString,

    ensureDatabase: (target) =>
      outcome(async () => {
        const intent = await ensureVendorIntent(vendor.name, nameOf(target), target.organizationId);
        return { address: await addressWhenReady(intent) };
      }),

    ensureUser: (target) =>
      outcome(() =>
        asAdmin(target, async (admin) => {
          await ensureMarker(admin, target);
          const home = { database: 'admin', ...(vendor.roles ? { roles: vendor.roles } : {}) };
          await ensureWireUser(admin, target, connectionString(target), home);
        }),
      ),

    dropUser: (target) =>
      outcome(() => asAdmin(target, (admin) => dropWireUser(admin, 'admin', target.username))),

    // Written down only when it has gone: one whose removal fails later would run on, and be paid for,
    // unseen.
    remove: (target) =>
      outcome(async () => {
        const name = nameOf(target);
        const intent = await findVendorIntent(name);
        if (!intent) return;
        const found = await vendor.find(name);
        if (found) {
          assertOurs({ ...intent, name, isRequested: true }, await vendor.tagsOf(found), vendor.label);
          await vendor.requestRemoval(found, name);
          if (await vendor.find(name))
            throw new NotReadyYet(`${vendor.label} is removing the cluster`, POLL_MS);
        }
        await noteRemoved(name);
      }),
  } satisfies Partial<Provider>;
}
