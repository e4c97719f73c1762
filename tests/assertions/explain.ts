import { expect } from 'vitest';
import { z } from 'zod';

/** The plan that ran: no walk through the collection, no sort in memory, little read for what is shown. */
export function expectIndexed(explained: unknown): void {
  const shape = z.object({
    executionStats: z.looseObject({
      nReturned: z.number(),
      totalKeysExamined: z.number(),
      totalDocsExamined: z.number(),
    }),
  });
  const { executionStats } = shape.parse(explained);
  const ran = JSON.stringify(executionStats);
  expect(ran).not.toContain('COLLSCAN');
  expect(ran).not.toContain('"SORT"');
  const most = 2 * executionStats.nReturned + 10;
  expect(executionStats.totalKeysExamined).toBeLessThanOrEqual(most);
  expect(executionStats.totalDocsExamined).toBeLessThanOrEqual(most);
}
