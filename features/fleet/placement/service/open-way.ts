import 'server-only';
import { openPlatformSecret, randomToken } from '@/lib/crypto/cipher';
import { cellModel } from '@/lib/master/models/cell';
import { cellContext } from '@/lib/provisioning/cells';
import { PENDING_ADDRESS, type TenantTarget } from '@/lib/provisioning/provider';
import { providerOf } from '@/lib/provisioning/registry';
import { type Place, type Placement, sealConnectionString } from '@/lib/tenancy/placement';
import { targetOf } from '../queries';

async function cellPassword(cellId: string): Promise<string> {
  const cell = await cellModel.findById(cellId).select('password').lean();
  if (!cell?.password) throw new Error(`Cell ${cellId} has no password`);
  return openPlatformSecret(cellContext(cellId), cell.password);
}

/**
 * The placement whose way in is this target's; a cluster that is still to be made has a name that never
 * resolves.
 */
async function sealedWay(place: Place, target: TenantTarget): Promise<Placement> {
  const { connectionString, clusterOf } = await providerOf(place.provider);
  const address = clusterOf ? { address: PENDING_ADDRESS } : {};
  const uri = connectionString({ ...address, ...target });
  const { organizationId } = target;
  return { ...place, organizationId, sealedConnectionString: sealConnectionString(organizationId, uri) };
}

/**
 * A way into a database that is to be made there: a new password, or its cell's. An earlier one is kept
 * nowhere.
 */
export async function openWay(organizationId: string, place: Place): Promise<Placement> {
  const { databaseName, username, isolation, cellId } = place;
  const password = isolation === 'shared-user' ? await cellPassword(cellId) : randomToken();
  return sealedWay(place, { organizationId, databaseName, username, password, isolation, cellId });
}

/** Another user with another password for the same database, whose servers stay where they are. */
export const openOtherWay = (placement: Placement, username: string): Promise<Placement> => {
  const { organizationId: _, sealedConnectionString: __, ...place } = placement;
  const target = { ...targetOf(placement), username, password: randomToken() };
  return sealedWay({ ...place, username }, target);
};
