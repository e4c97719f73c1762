import type { ProviderName } from '@/lib/master/vocabulary';
import type { Place } from '@/lib/tenancy/placement';

type Cell = { _id: string; isolation: Place['isolation'] };
type Database = Pick<Place, 'databaseName' | 'schemaVersion'>;

/** A database on a cell: with a user of its own, or with the cell's. */
export const placeOnCell = (cell: Cell, database: Database): Place => ({
  provider: 'self-hosted',
  cellId: cell._id,
  isolation: cell.isolation,
  username: cell.isolation === 'shared-user' ? `cell_${cell._id}` : database.databaseName,
  ...database,
});

/** A cluster of the organization's own at a vendor. */
export const placeAtVendor = (provider: ProviderName, cellId: string, database: Database): Place => ({
  provider,
  cellId,
  isolation: 'dedicated-user',
  username: database.databaseName,
  ...database,
});

/**
 * Where a database would be made that takes the place of this one: on the same cell, or at the same vendor.
 */
export const besideOf = (place: Place): string =>
  place.provider === 'self-hosted' ? place.cellId : place.provider;
