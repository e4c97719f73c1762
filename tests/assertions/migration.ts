import { afterAll, beforeAll } from 'vitest';
import type { Migration } from '@/features/fleet/migrations/migrations';
import { closeConnections, testOrganization } from '../builders/organization';

/**
 * The organization of a file that tests one step, and the step run over it twice: a run may be killed
 * anywhere and is then run again, so that the second finds nothing to do.
 */
export function migratedOrganization() {
  let org: Awaited<ReturnType<typeof testOrganization>>;
  beforeAll(async () => {
    org = await testOrganization();
  });
  afterAll(async () => {
    await org.dispose();
    await closeConnections();
  });
  return {
    ctx: () => org.ctx(),
    /** How many records each batch has changed, of the first run and then of the second. */
    runTwice: async (step: Migration['run']): Promise<number[]> => {
      const changed: number[] = [];
      const progress = { from: null, done: async (_at: unknown, count: number) => void changed.push(count) };
      await step(org.db, progress);
      await step(org.db, progress);
      return changed;
    },
  };
}
