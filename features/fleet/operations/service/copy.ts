import 'server-only';
import {
  collectionNames,
  type RawDatabase,
  readDocuments,
  readIndexes,
  writeCollection,
} from '@/lib/archive/content';
import { logger } from '@/lib/logger';
import type { Placement } from '@/lib/tenancy/placement';
import { done, failed, type Outcome } from '@/lib/work/outcome';
import { placementNow, withDatabaseAt } from '../../placement/queries';
import type { OperationRun } from './begin';

/** Copies these collections with their indexes; what was in them is gone. */
export async function copyCollections(
  run: OperationRun,
  from: RawDatabase,
  to: RawDatabase,
  names: readonly string[],
): Promise<void> {
  for (const [index, name] of names.entries()) {
    await run.report(name, index, names.length);
    await writeCollection(to, name, readDocuments(from, name), await readIndexes(from, name));
  }
}

/** Kept out of what a backup turns back: what was done stays in the log, whatever is undone. */
export const isLog = (name: string): boolean => name.startsWith('audit_');

/** Copies the log of the database that is left, where it can still be read and is this organization's. */
export async function bringLog(run: OperationRun, destination: Placement): Promise<void> {
  const { organizationId } = run;
  const now = await placementNow(organizationId);
  await withDatabaseAt(destination, async (to) => {
    try {
      await withDatabaseAt(now, async (from) => {
        const marker = await from
          .collection<{ _id: string; organizationId: string }>('_tenant')
          .findOne({ _id: 'self' });
        if (marker?.organizationId !== organizationId)
          throw new Error('The marker names another organization');
        await copyCollections(run, from, to, (await collectionNames(from)).filter(isLog));
      });
    } catch (error) {
      logger.warn({ err: error, organizationId }, 'the audit log could not be carried over');
    }
  });
}

/** The verdict on a copy. */
export const sameOrFailed = (different: readonly string[]): Outcome =>
  different.length === 0 ? done : failed(`The copy differs from its source in ${different.join(', ')}`);
