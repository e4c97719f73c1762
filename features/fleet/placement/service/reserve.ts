import 'server-only';
import { AppError, notFoundError } from '@/lib/errors';
import { cellModel } from '@/lib/master/models/cell';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { providerOf, vendorsAtHand } from '@/lib/provisioning/registry';
import { databaseNameOf, type Placement } from '@/lib/tenancy/placement';
import { placeAtVendor, placeOnCell } from '../policy';
import { openWay } from './open-way';

/** The next of the organization's databases by its number; numbers are not given twice. */
async function nextGeneration(organizationId: string): Promise<number> {
  const row = await organizationModel
    .findOneAndUpdate(
      { _id: objectId(organizationId) },
      { $inc: { databaseGeneration: 1 } },
      { returnDocument: 'after', timestamps: false },
    )
    .select('databaseGeneration')
    .orFail()
    .lean();
  return row.databaseGeneration ?? 1;
}

/** `r` is what may become the organization's database, `t` one on trial. */
const nameOf = (organizationId: string, mark: 'r' | 't', generation: number): string =>
  `${databaseNameOf(organizationId)}_${mark}${generation}`;

/** The name of a database user that takes the place of the present one. */
export const reserveUsername = async (organizationId: string): Promise<string> =>
  `${nameOf(organizationId, 'r', await nextGeneration(organizationId))}_user`;

/**
 * A name and a way in for another database of the organization; nothing is made yet.
 * @param destination a cell's id, or the name of a vendor that makes a cluster for this organization alone.
 * @throws AppError NOT_FOUND without such a cell.
 */
export async function reservePlacement(
  organizationId: string,
  destination: string,
  schemaVersion: number,
  mark: 'r' | 't' = 'r',
): Promise<Placement> {
  const vendor = vendorsAtHand().find((one) => one === destination);
  const cell = vendor ? null : await cellModel.findById(destination).lean();
  if (!vendor && !cell) throw notFoundError('cell');
  const generation = await nextGeneration(organizationId);
  const database = { databaseName: nameOf(organizationId, mark, generation), schemaVersion };
  if (cell) return openWay(organizationId, placeOnCell(cell, database));
  const name = vendor ?? 'self-hosted';
  const { clusterOf } = await providerOf(name);
  if (!clusterOf) throw new AppError('CONFLICT', 'No cluster can be made there.');
  return openWay(organizationId, placeAtVendor(name, clusterOf(organizationId, generation), database));
}
