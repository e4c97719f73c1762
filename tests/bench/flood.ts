import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { addressOf, fill } from '@/tests/assertions/endpoints';
import { mb, ms, percentile, printRows, type Row, times } from './report';

const MB = 1024 * 1024;
/** More than that is refused to strangers before it is read (middleware.ts). */
const READ = 64 * 1024;
const AT_ONCE = 10;
const IDLE_PROBES = 100;
/** The process is settled when a wave of hardly anything adds less than that, in bytes. */
const SETTLED = 10 * MB;
const SETTLING_ROUNDS = 10;
/** What a wave may cost others at most, as a multiple, and the process, in bytes. */
const BUDGET = { slower: 2, memory: 100 * MB };

export type Stack = { app: string; pid: number; cookies: { owner: string } };
type Body = { type: string; text: string };

const FORM = 'application/x-www-form-urlencoded';
const PARTS = 'multipart/form-data; boundary=x';

/** About `size` bytes of the worst of each kind of body that the app reads. */
function bodiesOf(size: number): Record<string, Body> {
  const filled = (piece: string) => piece.repeat(Math.floor((size - 256) / piece.length));
  const part = '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n';
  return {
    'many fields': { type: FORM, text: filled('a=1&') },
    'one long word': { type: FORM, text: `email=${filled('a@')}` },
    'percent signs': { type: FORM, text: `password=${filled('%25')}` },
    'many parts': { type: PARTS, text: `${filled(`${part}1\r\n`)}--x--\r\n` },
    'a part that never ends': { type: PARTS, text: `${part}${filled('\r\n--')}` },
    'deep JSON': { type: 'application/json', text: filled('[') },
    'deep JSON that closes': {
      type: 'application/json',
      text: `${'['.repeat(size / 2 - 64)}${']'.repeat(size / 2 - 64)}`,
    },
    'wide JSON': { type: 'application/json', text: `{${filled('"a":1,')}"b":1}` },
    'a mail in a mail': {
      type: 'message/rfc822',
      text: filled('Content-Type: message/rfc822\r\nSubject: =?utf-8?q?a?=\r\n\r\n'),
    },
    'arguments of an action': { type: 'text/plain;charset=UTF-8', text: `[${filled('"$F1",')}1]` },
  };
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** @returns the status, and how long the answer took. */
function ask(address: string, headers: Record<string, string>) {
  const started = performance.now();
  return new Promise<{ status: number; took: number }>((resolve, reject) => {
    const sent = request(address, { agent, headers }, (answer) => {
      answer.resume();
      answer.once('close', () =>
        resolve({ status: answer.statusCode ?? 0, took: performance.now() - started }),
      );
    });
    sent.once('error', reject);
    sent.end();
  });
}

/** Resident bytes of the process. */
export const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;

type Target = { address: string; action?: string; isHandler?: boolean };

/** Every handler, every page that strangers may open, and each action of those pages. */
function targets(): Target[] {
  const files = execFileSync('git', ['ls-files', 'app'], { encoding: 'utf8' }).split('\n');
  const handlers = files.filter((file) => file.endsWith('/route.ts'));
  const pages = files.filter((file) => /^app\/\(public\)\/.*page\.tsx$/.test(file));
  const manifest = '.next/standalone/.next/server/server-reference-manifest.json';
  const { node } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    node: Record<string, { workers: Record<string, unknown> }>;
  };
  const actions = Object.entries(node).flatMap(([action, { workers }]) => {
    const page = Object.keys(workers).find((worker) => worker.startsWith('app/(public)/'));
    return page ? [{ address: fill(addressOf(`${page}.tsx`)), action }] : [];
  });
  return [
    ...handlers.map((file) => ({ address: fill(addressOf(file)), isHandler: true })),
    ...pages.map((file) => ({ address: fill(addressOf(file)) })),
    ...actions,
  ];
}

const nameOf = ({ address, action }: Target): string => (action ? `${address} (an action)` : address);

/** A person of a hospital who opens the day's page again and again. */
function probe({ app, cookies }: Stack) {
  const took: number[] = [];
  let isOver = false;
  const walk = (async () => {
    while (!isOver) {
      const answer = await ask(`${app}/today`, { cookie: cookies.owner });
      if (answer.status !== 200) throw new Error(`the page of the day answered ${answer.status}`);
      took.push(answer.took);
    }
  })();
  return {
    took,
    stop: async () => {
      isOver = true;
      await walk;
    },
  };
}

/** What somebody at work feels while ten at once of one body go to each address, and what went wrong. */
async function wave(stack: Stack, sender: Worker, all: readonly Target[], { type, text }: Body) {
  sender.postMessage({ text });
  const busy = probe(stack);
  const slowest: { at: string; took: number }[] = [];
  const failures: string[] = [];
  let memory = 0;
  for (const target of all) {
    const from = busy.took.length;
    const headers = { 'content-type': type, ...(target.action ? { 'next-action': target.action } : {}) };
    sender.postMessage({ address: `${stack.app}${target.address}`, headers });
    const [statuses] = (await once(sender, 'message')) as [number[]];
    // Next itself answers 500 to a form from which it can read no call of an action; ours is not reached.
    if (target.isHandler && statuses.some((status) => status >= 500)) failures.push(nameOf(target));
    memory = Math.max(memory, memoryOf(stack.pid));
    // What the wave held up is answered after it.
    while (busy.took.length === from) await delay(5);
    slowest.push({ at: nameOf(target), took: Math.max(...busy.took.slice(from)) });
  }
  await busy.stop();
  slowest.sort((one, other) => other.took - one.took);
  return { took: busy.took, failures, memory, slowest: slowest.slice(0, 1) };
}

/**
 * A stranger sends the worst of each kind, ten at once, to every public route, page and action: 1 MB, which
 * is more than is read, and what is read at most. The second is compared with ten at once of hardly anything:
 * ten pages cost what ten pages cost.
 */
export async function bench(stack: Stack): Promise<number> {
  for (let round = 0; round < 20; round++) await ask(`${stack.app}/today`, { cookie: stack.cookies.owner });
  const idle = probe(stack);
  while (idle.took.length < IDLE_PROBES) await delay(50);
  await idle.stop();
  const all = targets();
  const sender = new Worker(new URL('./flood-sender.mjs', import.meta.url));
  const tiny: Body = { type: FORM, text: 'a=1' };
  let small = await wave(stack, sender, all, tiny);
  let before = small.memory;
  // A young process grows by itself until its heap has found its size; that is not the stranger's.
  for (let round = 1; round < SETTLING_ROUNDS; round++) {
    small = await wave(stack, sender, all, tiny);
    if (small.memory - before < SETTLED) break;
    before = small.memory;
  }
  before = Math.max(before, small.memory);
  const failures: string[] = [];
  const rows: Row[] = [];
  let peak = before;
  for (const [size, name, yard, of] of [
    [MB, '1 MB', idle.took, 'idle'],
    [READ, '64 KB', small.took, '3 bytes'],
  ] as const) {
    for (const [shape, body] of Object.entries(bodiesOf(size))) {
      const { took, memory, slowest, ...rest } = await wave(stack, sender, all, body);
      failures.push(...rest.failures.map((at) => `${shape} at ${at}`));
      peak = Math.max(peak, memory);
      const [value, yardstick] = [percentile(took, 0.95), percentile(yard, 0.95)];
      const [worst] = slowest;
      rows.push({
        what: `others meanwhile: ${name}, ${shape}`,
        value: `p50 ${ms(percentile(took, 0.5))}, p95 ${ms(value)}`,
        against: `${times(value / yardstick)} of ${of} (p95 ${ms(yardstick)}); ${ms(worst?.took ?? 0)} at ${worst?.at}`,
        budget: `< ${BUDGET.slower} x`,
        isKept: value < yardstick * BUDGET.slower,
      });
    }
  }
  rows.push({
    what: 'memory of the process at its highest',
    value: mb(peak),
    against: `${mb(before)} before`,
    budget: `< ${mb(BUDGET.memory)} more`,
    isKept: peak - before < BUDGET.memory,
  });
  rows.push({
    what: 'handlers that answered 500 and above',
    value: String(failures.length),
    against: failures.slice(0, 5).join('; '),
    budget: 'none',
    isKept: failures.length === 0,
  });
  await sender.terminate();
  agent.destroy();
  return printRows(`A stranger, ${AT_ONCE} at once, at ${all.length} addresses`, rows);
}
