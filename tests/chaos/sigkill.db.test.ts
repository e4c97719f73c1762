import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import mongoose from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { patientRow } from '@/tests/builders/patient';

const directory = mkdtempSync(join(tmpdir(), 'chakravue-sigkill-'));
process.env.BACKUP_DIR = directory;
process.env.PLACEMENT_CACHE_SECONDS = '0';

import { OPERATION_STEPS } from '@/features/fleet/operations/policy';
import { backUp } from '@/features/fleet/operations/service/back-up';
import { BY_SYSTEM } from '@/features/fleet/operations/service/begin';
import { closeAccount } from '@/features/fleet/operations/service/close';
import { moveOrganization } from '@/features/fleet/operations/service/move';
import { restoreBackup } from '@/features/fleet/operations/service/restore';
import { placementNow } from '@/features/fleet/placement/queries';
import { patientModel } from '@/features/patients/patients/model';
import { contentsOf, withRawDatabase } from '@/lib/archive/content';
import { operationModel } from '@/lib/master/models/operation';
import { organizationModel } from '@/lib/master/models/organization';
import { provisioningModel } from '@/lib/master/models/provisioning';
import { PROVISIONING_STEPS } from '@/lib/master/vocabulary';
import { objectId } from '@/lib/mongo';
import { forgetTenant, withTenantDatabase } from '@/lib/tenancy/factory';
import { readConnectionString } from '@/lib/tenancy/placement';
import type { Boundary } from '@/lib/work/boundary';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { programOf } from './program';
import type { WorkQuestion } from './worker';

/**
 * `npm run chaos`: so many rounds over every step; without it one round over the most dangerous step of each
 * kind.
 */
const ROUNDS = Number(process.env.CHAOS_ROUNDS ?? 0);
const DANGEROUS: Record<string, Boundary> = {
  provision: { step: 'user_ready', at: 'done' },
  restore: { step: 'switched', at: 'done' },
  move: { step: 'verified', at: 'recorded' },
  offboard: { step: 'database_dropped', at: 'done' },
};
const MOMENTS = ['before', 'done', 'recorded'] as const;

type Answer = { ready?: true; done?: true; error?: string };

const program = await programOf('worker');

/** A worker in a process of its own. */
class Worker {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly #exited: Promise<NodeJS.Signals | null>;
  #output = '';

  constructor() {
    this.#child = spawn(process.execPath, [program.file], { env: process.env });
    this.#exited = new Promise((resolve) => this.#child.once('exit', (_code, signal) => resolve(signal)));
    this.#child.stderr.on('data', (text) => {
      this.#output += text;
    });
    this.#lines = createInterface(this.#child.stdout)[Symbol.asyncIterator]();
  }

  async #next(): Promise<Answer | null> {
    const { value, done } = await this.#lines.next();
    return done ? null : (JSON.parse(value) as Answer);
  }

  /** @returns null when it was killed meanwhile. */
  async ask(question: WorkQuestion): Promise<Answer | null> {
    const first = await this.#next();
    if (!first?.ready) throw new Error(`A worker did not start: ${this.#output}`);
    this.#child.stdin.write(`${JSON.stringify(question)}\n`);
    return this.#next();
  }

  async end(): Promise<void> {
    this.#child.stdin.end();
    await this.#exited;
  }

  /** What ended it. */
  get signal() {
    return this.#exited;
  }
}

let next = new Worker();
/** The next one starts while this one works. */
function takeWorker(): Worker {
  const worker = next;
  next = new Worker();
  return worker;
}

/** Where workers die: every step of every kind in one round of the long form. */
function deaths(kind: string, steps: readonly string[], round: number): Boundary[] {
  const one = DANGEROUS[kind];
  if (ROUNDS === 0) return one ? [one] : [];
  return steps.map((step, index) => ({ step, at: MOMENTS[(round + index) % 3] ?? 'done' }));
}

async function runToTheEnd(work: WorkQuestion['work'], id: string, killed: readonly Boundary[]) {
  for (const killAt of killed) {
    const worker = takeWorker();
    expect(await worker.ask({ work, id, killAt }), `killed at ${killAt.step}, ${killAt.at}`).toBeNull();
    expect(await worker.signal).toBe('SIGKILL');
  }
  const last = takeWorker();
  expect(await last.ask({ work, id })).toEqual({ done: true });
  await last.end();
  expect(killed.length).toBeGreaterThan(0);
}

let admin: InstanceType<typeof mongoose.mongo.MongoClient>;
const databasesOf = async (organizationId: string) =>
  (await admin.db().admin().listDatabases({ nameOnly: true })).databases
    .map(({ name }) => name)
    .filter((name) => name.startsWith(`org_${organizationId}`));
const usersOf = async (name: string) => (await admin.db(name).command({ usersInfo: 1 })).users.length;
const operation = async (id: string) => operationModel.findById(objectId(id)).orFail().lean();

async function content(organizationId: string) {
  const placement = await placementNow(organizationId);
  const all = await withRawDatabase(readConnectionString(placement), placement.databaseName, contentsOf);
  return all.filter(({ name }) => !name.startsWith('audit_'));
}

beforeAll(async () => {
  admin = await new mongoose.mongo.MongoClient(process.env.MONGODB_URI ?? '').connect();
});
afterAll(async () => {
  await next.end();
  program.remove();
  await admin.close();
  await closeConnections();
  rmSync(directory, { recursive: true, force: true });
});

it.each(Array.from({ length: Math.max(1, ROUNDS) }, (_, round) => round))(
  'round %i: a worker process is killed while it provisions, restores, moves and offboards; nothing is lost or double',
  { timeout: 600_000 },
  async (round) => {
    const a = await testOrganization({
      provision: (id) =>
        runToTheEnd('provision', id, deaths('provision', PROVISIONING_STEPS.slice(1), round)),
    });
    const { organizationId } = a;
    const row = await provisioningModel
      .findOne({ organizationId: objectId(organizationId) })
      .orFail()
      .lean();
    expect(row.history.map(({ step }) => step)).toEqual(PROVISIONING_STEPS.slice(1));
    expect(await databasesOf(organizationId)).toEqual([`org_${organizationId}`]);
    expect(await usersOf(`org_${organizationId}`)).toBe(1);

    await patientModel({ db: a.db }).create(patientRow());
    const before = await content(organizationId);
    const backupId = await backUp(BY_SYSTEM, organizationId, { isQueued: false });
    await runToTheEnd('operate', backupId, [{ step: 'written', at: 'done' }]);

    for (const kind of ['restore', 'move'] as const) {
      const id =
        kind === 'restore'
          ? await restoreBackup(BY_SYSTEM, organizationId, backupId, { isQueued: false })
          : await moveOrganization(BY_SYSTEM, organizationId, 'cell-1', { isQueued: false });
      await runToTheEnd('operate', id, deaths(kind, OPERATION_STEPS[kind], round));
      expect(await operation(id)).toMatchObject({ outcome: 'done', step: 'opened' });
      expect(await content(organizationId)).toEqual(before);
      const { hold, status } = await organizationModel.findById(objectId(organizationId)).orFail().lean();
      expect({ hold, status }).toEqual({ hold: undefined, status: 'active' });
      // Written through the app as at any other time: the hold is gone in the server too.
      forgetTenant(organizationId);
      await withTenantDatabase(organizationId, (db) =>
        patientModel({ db }).updateOne(
          { number: 'P1' },
          { $set: { firstName: 'Asha' } },
          { timestamps: false },
        ),
      );
      for (const name of await databasesOf(organizationId)) expect(await usersOf(name)).toBe(1);
    }
    expect(await databasesOf(organizationId)).toHaveLength(3);

    const closing = await closeAccount(BY_SYSTEM, organizationId, { isQueued: false });
    await operationModel.updateOne(
      { _id: objectId(closing) },
      { $set: { 'data.retentionEndsAt': new Date(0) } },
    );
    await runToTheEnd('operate', closing, deaths('offboard', OPERATION_STEPS.offboard, round));
    expect(await operation(closing)).toMatchObject({ outcome: 'done', step: 'reported' });
    expect(await databasesOf(organizationId)).toEqual([]);
    await a.dispose();
  },
);
