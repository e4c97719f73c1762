import 'server-only';
import { collectionNames, contentOf, contentsOf, differences } from '@/lib/archive/content';
import { done } from '@/lib/work/outcome';
import { placementNow, placeNow, withDatabaseAt } from '../../placement/queries';
import { reservePlacement } from '../../placement/service/reserve';
import type { By, How } from './begin';
import { copyCollections, sameOrFailed } from './copy';
import { beginTransfer, type TransferStep, transfer } from './transfer';

/**
 * Takes the organization to a new database; the one that it leaves is kept for some days.
 * @param destination a cell's id, or a vendor's name for a cluster of its own there.
 * @throws AppError NOT_FOUND.
 */
export async function moveOrganization(
  by: By,
  organizationId: string,
  destination: string,
  how: How = {},
): Promise<string> {
  const from = await placeNow(organizationId);
  const to = await reservePlacement(organizationId, destination, from.schemaVersion);
  return beginTransfer(by, 'move', { from, to }, how);
}

/** Copies the present database while people still read it. */
export const copyPresent: TransferStep = async (run, destination) => {
  const now = await placementNow(run.organizationId);
  await withDatabaseAt(destination, (to) =>
    withDatabaseAt(now, async (from) => copyCollections(run, from, to, await collectionNames(from))),
  );
  return done;
};

/** Copies once more what was written between the copy and the closing, and compares: few collections. */
export const catchUp: TransferStep = async (run, destination) => {
  const now = await placementNow(run.organizationId);
  return withDatabaseAt(destination, (to) =>
    withDatabaseAt(now, async (from) => {
      const source = await contentsOf(from);
      const stale = differences(source, await contentsOf(to));
      const gone = stale.filter((name) => !source.some((one) => one.name === name));
      for (const name of gone) await to.dropCollection(name);
      const changed = stale.filter((name) => !gone.includes(name));
      await copyCollections(run, from, to, changed);
      const again = await Promise.all(changed.map((name) => contentOf(to, name)));
      const expected = source.filter(({ name }) => changed.includes(name));
      return sameOrFailed(differences(expected, again));
    }),
  );
};

export const move = transfer({ fill: copyPresent, verify: catchUp });
