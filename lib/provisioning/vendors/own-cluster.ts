import 'server-only';
import { ConnectionString } from 'mongodb-connection-string-url';
import { connected, type Provider, type TenantTarget, withCredential } from '../provider';
import { dropWireUser, ensureMarker, ensureWireUser } from '../wire';
import type { VendorIntent } from './intent';

type Named = Pick<TenantTarget, 'organizationId' | 'cellId'>;

/**
 * What providers have in common whose clusters belong to one organization each and whose users are made over the wire.
 * @param intentOf by name and organization. @param addressOf of a cluster that serves; throws NotReadyYet before.
 */
export function ownCluster({
  clusterOf,
  intentOf,
  addressOf,
  rolesOf,
}: {
  clusterOf: (organizationId: string, generation: number) => string;
  intentOf: (name: string, organizationId: string) => Promise<VendorIntent>;
  addressOf: (intent: VendorIntent) => Promise<string>;
  rolesOf?: (target: TenantTarget) => { role: string; db: string }[];
}) {
  const nameOf = ({ organizationId, cellId }: Named): string => cellId ?? clusterOf(organizationId, 0);
  const connectionString: Provider['connectionString'] = (target) => {
    if (!target.address) throw new Error(`The cluster of ${target.databaseName} has no address yet`);
    return withCredential(target.address, target, 'admin');
  };
  const adminOf = async (target: Named): Promise<string> => {
    const intent = await intentOf(nameOf(target), target.organizationId);
    const uri = new ConnectionString(await addressOf(intent));
    uri.username = intent.adminUsername;
    uri.password = encodeURIComponent(intent.adminPassword);
    uri.searchParams.set('authSource', 'admin');
    return uri.toString();
  };
  const ensureUser: Provider['ensureUser'] = async (target) =>
    connected(await adminOf(target), async (admin) => {
      await ensureMarker(admin, target);
      await ensureWireUser(admin, target, connectionString(target), {
        database: 'admin',
        ...(rolesOf ? { roles: rolesOf(target) } : {}),
      });
    });
  const dropUser: NonNullable<Provider['dropUser']> = async (target) =>
    connected(await adminOf(target), (admin) => dropWireUser(admin, 'admin', target.username));
  return { nameOf, connectionString, ensureUser, dropUser };
}
