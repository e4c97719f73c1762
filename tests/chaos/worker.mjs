// A worker as a process of its own, to be killed. Takes lines of JSON `{ work, id, killAt? }`, answers each
// with a line.
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { importModule } from '../../scripts/lib/app.mjs';

await importModule('server/tenant-models.ts');
const { provisionOrganization } = /** @type {typeof import('../../features/fleet/provisioning/work.ts')} */ (
  await importModule('features/fleet/provisioning/work.ts')
);
const { runOperation } = /** @type {typeof import('../../features/fleet/operations/work.ts')} */ (
  await importModule('features/fleet/operations/work.ts')
);
/** @typedef {{ step: string, at: string }} Point of the work, before or after a step */
/**
 * @type {Record<string, (id: string, worker: string, reached: (point: Point) => Promise<void>) =>
 * Promise<unknown>>}
 */
const WORK = { provision: provisionOrganization, operate: runOperation };

/** @param {object} facts */
const answer = (facts) => process.stdout.write(`${JSON.stringify(facts)}\n`);
answer({ ready: true });
for await (const line of createInterface(process.stdin)) {
  const { work, id, killAt } = JSON.parse(line);
  try {
    await WORK[work]?.(id, randomUUID(), async ({ step, at }) => {
      if (step !== killAt?.step || at !== killAt.at) return;
      process.kill(process.pid, 'SIGKILL');
      await new Promise(() => {});
    });
    answer({ done: true });
  } catch (error) {
    answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
process.exit(0);
