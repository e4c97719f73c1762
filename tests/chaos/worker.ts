// A worker as a process of its own, to be killed. Takes lines of JSON `{ work, id, killAt? }`, answers each
// with a line.
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { runOperation } from '@/features/fleet/operations/work';
import { provisionOrganization } from '@/features/fleet/provisioning/work';
import type { Boundary } from '@/lib/work/boundary';
import '@/server/tenant-models';

export type WorkQuestion = { work: 'provision' | 'operate'; id: string; killAt?: Boundary | undefined };

const WORK = { provision: provisionOrganization, operate: runOperation };

const answer = (facts: object) => process.stdout.write(`${JSON.stringify(facts)}\n`);
answer({ ready: true });
for await (const line of createInterface(process.stdin)) {
  const { work, id, killAt }: WorkQuestion = JSON.parse(line);
  try {
    await WORK[work](id, randomUUID(), async ({ step, at }) => {
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
