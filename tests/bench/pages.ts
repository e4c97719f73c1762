import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '@/dev/database/process.mjs';
import { commandsSoFar, KB, kb, pagesOf, type Sessions, scriptBytes } from '@/tests/assertions/page-cost';
import { ms, percentile, printRows, type Row, times } from './report';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 2);
const AT_ONCE = 10;
const ONE_BY_ONE = 30;
/** DESIGN section 11. */
const BUDGET = { publicShare: 0.8, staffShare: 0.4, slower: 3, script: 150 * KB, publicScript: 140 * KB };
/** Somebody else at work on this machine for more than this share of a round makes its numbers a guess. */
export const FOREIGN = 0.15;

type Cookies = { owner: string; company: string };
export type Stack = { app: string; pid: number; cookies: Cookies };

/** A Next application with nothing in it: what the framework itself costs on this machine. */
const BARE: Record<string, string> = {
  'package.json': '{ "private": true, "type": "module" }',
  'next.config.mjs': 'export default { poweredByHeader: false, typescript: { ignoreBuildErrors: true } };',
  'app/layout.jsx':
    'export default function Root({ children }) { return <html lang="en"><body>{children}</body></html>; }',
  'app/page.jsx': 'export default function Page() { return <p>Static</p>; }',
  'app/dynamic/page.jsx': `import { connection } from 'next/server';
export default async function Page() { await connection(); return <p>{Date.now()}</p>; }`,
};

type Answer = { status: number; took: number; body: Buffer; encoding: string };

function get(agent: Agent, address: string, headers: Record<string, string>): Promise<Answer> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(address, { agent, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          took: performance.now() - started,
          body: Buffer.concat(chunks),
          encoding: String(answer.headers['content-encoding'] ?? ''),
        }),
      );
    });
    sent.once('error', reject);
    sent.end();
  });
}

type Target = { name: string; address: string; headers: Record<string, string> };

/** Requests a second at ten connections. */
async function throughput({ address, headers }: Target): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const until = performance.now() + SECONDS * 1000;
  const started = performance.now();
  let answered = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (performance.now() < until) {
        const { status } = await get(agent, address, headers);
        if (status !== 200) throw new Error(`${address} answered ${status}`);
        answered++;
      }
    }),
  );
  agent.destroy();
  return (answered / (performance.now() - started)) * 1000;
}

/** Milliseconds of a typical answer when nobody else asks. */
async function latency({ address, headers }: Target): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const took: number[] = [];
  for (let count = 0; count < ONE_BY_ONE; count++) took.push((await get(agent, address, headers)).took);
  agent.destroy();
  return percentile(took, 0.5);
}

/** Ticks of processor time so far: of everybody, and of this bench and all that it started. */
export function ticks(): { all: number; own: number } {
  const [user = 0, nice = 0, system = 0] = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '')
    .split(/\s+/)
    .slice(1)
    .map(Number);
  const processes = new Map<number, { parent: number; spent: number }>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      const [parent = 0, spent = 0] = [fields[1], (fields[11] ?? 0) + (fields[12] ?? 0)];
      processes.set(Number(name), { parent, spent });
    } catch {
      // It has ended since the folder was read.
    }
  }
  const isOwn = (id: number): boolean =>
    id === process.pid || (id > 1 && isOwn(processes.get(id)?.parent ?? 0));
  let own = 0;
  for (const [id, { spent }] of processes) if (isOwn(id)) own += spent;
  return { all: user + nice + system, own };
}

async function startBare(root: string) {
  // Below the project, so that it finds the same packages.
  const folder = join(root, '.data', 'bench-bare');
  rmSync(folder, { recursive: true, force: true });
  for (const [name, text] of Object.entries(BARE)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const next = join(root, 'node_modules/next/dist/bin/next');
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' };
  // The other bundler would take the project's own instrumentation along.
  const build = spawn(process.execPath, [next, 'build', '--webpack'], { cwd: folder, env, stdio: 'ignore' });
  const [code] = await once(build, 'exit');
  if (code !== 0) throw new Error('The bare application did not build.');
  const port = await freePort();
  const app = `http://127.0.0.1:${port}`;
  const server = spawn(process.execPath, [next, 'start', '--port', String(port), '--hostname', '127.0.0.1'], {
    cwd: folder,
    env,
    stdio: 'ignore',
  });
  for (let tries = 0; ; tries++) {
    const isUp = await fetch(app).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) break;
    if (tries > 100) throw new Error('The bare application did not start.');
    await delay(100);
  }
  return { app, pid: server.pid ?? 0, stop: () => server.kill() };
}

export async function bench(stack: Stack): Promise<number> {
  const bare = await startBare(process.cwd());
  const agent = new Agent({ keepAlive: true });
  const sessions: Sessions = {
    public: {},
    staff: { cookie: stack.cookies.owner },
    company: { cookie: stack.cookies.company },
  };
  const pages = await pagesOf(stack.app, sessions);
  const encoding = { 'accept-encoding': 'gzip' };
  const targets: Target[] = [
    { name: 'static', address: bare.app, headers: encoding },
    { name: 'dynamic', address: `${bare.app}/dynamic`, headers: encoding },
    ...pages.map(({ path, kind }) => ({
      name: path,
      address: `${stack.app}${path}`,
      headers: { ...sessions[kind], ...encoding },
    })),
  ];
  const rates = new Map<string, number[]>();
  const waits = new Map<string, number[]>();
  const add = (map: Map<string, number[]>, name: string, value: number) =>
    map.set(name, [...(map.get(name) ?? []), value]);
  let before = ticks();
  let after = before;
  try {
    for (const target of targets) await latency(target);
    before = ticks();
    for (let round = 0; round < ROUNDS; round++) {
      for (const target of targets) {
        add(waits, target.name, await latency(target));
        add(rates, target.name, await throughput(target));
      }
    }
    after = ticks();
  } finally {
    bare.stop();
  }
  const middle = (map: Map<string, number[]>, name: string) => percentile(map.get(name) ?? [], 0.5);
  const rows: Row[] = [];
  for (const { path, kind } of pages) {
    const yard = kind === 'public' ? 'static' : 'dynamic';
    const share = middle(rates, path) / middle(rates, yard);
    const slower = middle(waits, path) / middle(waits, yard);
    const asked = await commandsSoFar(stack.app);
    const { body } = await get(agent, `${stack.app}${path}`, sessions[kind]);
    const commands = (await commandsSoFar(stack.app)) - asked;
    const script = await scriptBytes(stack.app, body.toString());
    const [wanted, allowed] = [
      kind === 'public' ? BUDGET.publicShare : BUDGET.staffShare,
      kind === 'public' ? BUDGET.publicScript : BUDGET.script,
    ];
    rows.push({
      what: path.replace(/[0-9a-f]{24}/, '<id>'),
      value: `${middle(rates, path).toFixed(0)}/s, p50 ${ms(middle(waits, path))}, ${kb(body.length)} HTML, ${kb(script)} script, ${commands} commands`,
      against: `${times(share)} of ${yard}'s rate, ${times(slower)} its p50`,
      budget: `>= ${wanted} x${kind === 'public' ? '' : `, <= ${BUDGET.slower} x`}, script <= ${kb(allowed)}`,
      isKept: share >= wanted && (kind === 'public' || slower <= BUDGET.slower) && script <= allowed,
    });
  }
  agent.destroy();
  const [all, own] = [after.all - before.all, after.own - before.own];
  rows.push({
    what: 'processor time that others took meanwhile',
    value: `${Math.round(((all - own) / all) * 100)} %`,
    budget: `<= ${FOREIGN * 100} %, or the figures above are a guess`,
    isKept: all - own <= all * FOREIGN,
  });
  const yards = ['static', 'dynamic'].map(
    (name) => `${name} ${middle(rates, name).toFixed(0)}/s (p50 ${ms(middle(waits, name))})`,
  );
  return printRows(`Pages, against a bare Next application: ${yards.join(', ')}`, rows);
}
