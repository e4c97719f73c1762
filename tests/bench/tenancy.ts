import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import mongoose, { Schema } from 'mongoose';
import pLimit from 'p-limit';
import { randomToken } from '@/lib/crypto/cipher';
import { env } from '@/lib/env';
import { isAppError, isDatabaseUnavailable } from '@/lib/errors';
import { closeMaster } from '@/lib/master/connection';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { organizationModel } from '@/lib/master/models/organization';
import { newObjectId } from '@/lib/mongo';
import { closeProvisioner, selfHosted } from '@/lib/provisioning/providers/self-hosted';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { drainTenants, tenancyMetrics, withTenantDatabase } from '@/lib/tenancy/factory';
import { databaseNameOf, sealConnectionString } from '@/lib/tenancy/placement';
import { mb, ms, percentile, printRows, type Row, times } from './report';
import '@/server/master-models';
import '@/server/tenant-models';

const { MongoClient } = mongoose.mongo;
type Server = { stop: () => Promise<void>; start: () => Promise<void> };
type Placed = { organizationId: string; uri: string };

const ORGANIZATIONS = Number(process.env.BENCH_ORGANIZATIONS ?? 1_000);
const CHURN = ORGANIZATIONS * 5;

const patientModel = defineTenantModel(
  'BenchPatient',
  'bench_patients',
  new Schema({ number: { type: Number, required: true }, name: { type: String, required: true } }).index({
    number: 1,
  }),
);

/** An organization as the first steps of provisioning leave it, without the product's twenty collections. */
async function place(index: number, isolation: 'dedicated-user' | 'shared-user'): Promise<Placed> {
  const _id = newObjectId();
  const organizationId = _id.toString();
  const isShared = isolation === 'shared-user';
  const databaseName = databaseNameOf(organizationId);
  const target = {
    organizationId,
    databaseName,
    username: isShared ? 'bench_cell' : databaseName,
    password: isShared ? 'bench-cell-password' : randomToken(),
    isolation,
  };
  const uri = selfHosted.connectionString(target);
  await selfHosted.ensureDatabase(target);
  await selfHosted.ensureUser(target);
  await organizationModel.create({
    _id,
    organizationName: `Bench ${isolation} ${index}`,
    nameKey: `bench ${isolation} ${index}`,
    email: 'bench@hospital.test',
    phone: '+91 98450 00000',
    industry: 'eye-hospital',
    country: 'IN',
    timeZone: 'Asia/Kolkata',
    expectedUsers: 5,
    plan: 'starter',
    status: 'active',
    statusSince: new Date(),
    features: { enableAnalytics: false, enableReports: true },
    ownerId: newObjectId(),
    placement: {
      provider: 'self-hosted',
      cellId: isShared ? 'bench-shared' : 'bench',
      databaseName,
      isolation,
      username: target.username,
      connectionString: sealConnectionString(organizationId, uri),
      schemaVersion: 1,
    },
  });
  return { organizationId, uri };
}

const read = (organizationId: string, number = 7) =>
  withTenantDatabase(organizationId, (db) => patientModel({ db }).findOne({ number }).lean());

async function fill(organizationId: string, rows = 100): Promise<void> {
  await withTenantDatabase(organizationId, async (db) => {
    const model = patientModel({ db });
    await model.createIndexes();
    await model.insertMany(Array.from({ length: rows }, (_, number) => ({ number, name: organizationId })));
  });
}

/** Sockets of this process, as the kernel counts them. */
function sockets(): number {
  let found = 0;
  for (const file of readdirSync('/proc/self/fd')) {
    try {
      if (readlinkSync(`/proc/self/fd/${file}`).startsWith('socket:')) found++;
    } catch {
      // Closed while we looked.
    }
  }
  return found;
}

const heap = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

async function timesOf(rounds: number, work: () => Promise<unknown>): Promise<number[]> {
  const values: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await work();
    values.push(performance.now() - started);
  }
  return values;
}

const p50 = (values: readonly number[]) => percentile(values, 0.5);
const p95 = (values: readonly number[]) => percentile(values, 0.95);

async function hops(rows: Row[], [first]: readonly Placed[]): Promise<void> {
  if (!first) throw new Error('No organization');
  await fill(first.organizationId);
  const plain = await new MongoClient(first.uri, { maxPoolSize: env().TENANT_POOL_SIZE }).connect();
  const patients = plain.db().collection('bench_patients');
  const yardstick: number[] = [];
  const warm: number[] = [];
  // In turns, so that a slow moment of the machine meets both.
  for (let round = 0; round < 20; round++) {
    yardstick.push(...(await timesOf(100, () => patients.findOne({ number: 7 }))));
    warm.push(...(await timesOf(100, () => read(first.organizationId))));
  }
  const before = sockets();
  await timesOf(200, () => read(first.organizationId));
  const opened = sockets() - before;
  const ratio = p50(warm) / p50(yardstick);
  rows.push(
    { what: 'plain driver, indexed read, p50', value: ms(p50(yardstick)) },
    {
      what: 'warm hop: organization -> database -> the same read',
      value: ms(p50(warm)),
      against: `${times(ratio)} the plain driver`,
      budget: '<= 1.3 x',
      isKept: ratio <= 1.3,
    },
    { what: 'sockets opened by 200 warm hops', value: String(opened), budget: '0', isKept: opened === 0 },
  );

  const cold = await timesOf(30, () => {
    drainTenants();
    return read(first.organizationId);
  });
  rows.push({
    what: 'cold hop, p50',
    value: ms(p50(cold)),
    against: `${times(p50(cold) / p50(yardstick))} the plain driver`,
  });

  const perRequest = await timesOf(30, async () => {
    const client = await new MongoClient(first.uri).connect();
    await client.db().collection('bench_patients').findOne({ number: 7 });
    await client.close();
  });
  rows.push({
    what: 'a new client for each request (what the first outline sketched)',
    value: ms(p50(perRequest)),
    against: `${times(p50(perRequest) / p50(warm))} the warm hop`,
  });
  await plain.close();
}

async function sweep(rows: Row[], placed: readonly Placed[]): Promise<void> {
  drainTenants();
  await delay(100);
  const four = pLimit(4);
  const [socketsBefore, heapBefore] = [sockets(), heap()];
  const rssBefore = process.memoryUsage().rss;
  await Promise.all(placed.map(({ organizationId }) => four(() => read(organizationId))));
  const { clients, handles } = tenancyMetrics();
  // One poll monitor and at most a pool a client.
  const bound = env().TENANT_CLIENTS_MAX * (1 + env().TENANT_POOL_SIZE) + 20;
  const used = sockets() - socketsBefore;
  const grown = heap() - heapBefore;
  const perClient = grown / Math.max(1, clients.open);
  rows.push(
    {
      what: `${placed.length} organizations swept: sockets`,
      value: String(used),
      against: `${clients.open} clients open, ${handles.open} handles`,
      budget: `<= ${bound}`,
      isKept: used <= bound && clients.open <= env().TENANT_CLIENTS_MAX,
    },
    {
      what: `${placed.length} organizations swept: heap`,
      value: mb(grown),
      against: `${(perClient / 1024).toFixed(0)} KB an open client`,
      budget: '< 20 MB',
      isKept: grown < 20 * 1024 ** 2,
    },
    {
      what: `${placed.length} organizations swept: resident memory`,
      value: mb(process.memoryUsage().rss - rssBefore),
    },
  );

  const after = heap();
  for (let round = 0; round < CHURN / placed.length; round++)
    await Promise.all(placed.map(({ organizationId }) => four(() => read(organizationId))));
  const leaked = heap() - after;
  const now = tenancyMetrics();
  rows.push({
    what: `churn of ${CHURN} openings under a bound of ${env().TENANT_CLIENTS_MAX}: heap`,
    value: mb(leaked),
    against: `${now.clients.evicted} evicted, ${now.clients.open} open, ${now.clients.leases + now.handles.leases - now.handles.open} leases`,
    budget: '< 20 MB',
    isKept:
      leaked < 20 * 1024 ** 2 && now.clients.open <= env().TENANT_CLIENTS_MAX && now.handles.leases === 0,
  });
}

async function neighbours(rows: Row[]): Promise<void> {
  const [quiet, noisy] = [await place(0, 'shared-user'), await place(1, 'shared-user')];
  await fill(quiet.organizationId);
  await fill(noisy.organizationId, 20_000);
  const ask = () => read(quiet.organizationId);
  await timesOf(50, ask);
  const idle = p95(await timesOf(300, ask));
  let isOver = false;
  const scan = () =>
    withTenantDatabase(noisy.organizationId, (db) => patientModel({ db }).find({ name: 'nobody' }).lean());
  const storm = Array.from({ length: 200 }, async () => {
    while (!isOver) {
      await scan().catch((error: unknown) => {
        if (!isAppError(error)) throw error;
      });
    }
  });
  await delay(300);
  const busy = p95(await timesOf(300, ask));
  isOver = true;
  await Promise.all(storm);

  const plain = await new MongoClient(quiet.uri, { maxPoolSize: env().CELL_POOL_SIZE }).connect();
  const patients = plain.db(databaseNameOf(noisy.organizationId)).collection('bench_patients');
  isOver = false;
  const unfair = Array.from({ length: 200 }, async () => {
    while (!isOver) await patients.find({ name: 'nobody' }).toArray();
  });
  await delay(300);
  const own = plain.db(databaseNameOf(quiet.organizationId)).collection('bench_patients');
  const without = p95(await timesOf(10, () => own.findOne({ number: 7 })));
  isOver = true;
  await Promise.all(unfair);
  await plain.close();
  rows.push(
    { what: 'quiet organization on a shared client, idle, p95', value: ms(idle) },
    {
      what: 'the same while 200 requests of another scan 20,000 rows, p95',
      value: ms(busy),
      against: `${times(busy / idle)} idle; ${times(busy / without)} without fair share (${ms(without)})`,
      budget: '< 3 x idle, on a server that has cores to spare',
    },
  );
}

async function failover(rows: Row[], placed: readonly Placed[], server: Server): Promise<void> {
  const some = placed.slice(0, 20);
  for (const { organizationId } of some) await fill(organizationId, 10);
  const tally = { right: 0, wrong: 0, unavailable: 0, other: 0 };
  let isOver = false;
  const load = some.map(async ({ organizationId }) => {
    while (!isOver) {
      try {
        const row = await read(organizationId, 7);
        if (row?.name === organizationId) tally.right++;
        else tally.wrong++;
      } catch (error) {
        if ((isAppError(error) && error.code === 'UNAVAILABLE') || isDatabaseUnavailable(error))
          tally.unavailable++;
        else tally.other++;
        await delay(50);
      }
    }
  });
  await delay(1_000);
  await server.stop();
  await delay(3_000);
  const down = { ...tally };
  await server.start();
  const started = performance.now();
  let recoveredMs = Number.NaN;
  for (let round = 0; round < 300; round++) {
    const answers = await Promise.allSettled(some.map(({ organizationId }) => read(organizationId, 7)));
    if (answers.every(({ status }) => status === 'fulfilled')) {
      recoveredMs = performance.now() - started;
      break;
    }
    await delay(100);
  }
  const before = tally.right;
  await delay(1_000);
  isOver = true;
  await Promise.all(load);
  rows.push({
    what: 'server stopped and started under the load of 20 organizations',
    value: `${tally.right} right, ${tally.wrong} wrong, ${tally.unavailable} times 503, ${tally.other} other`,
    against: `${down.unavailable} times 503 while down; all answer ${ms(recoveredMs)} after the start`,
    budget: '0 wrong, 0 other, recovers by itself',
    isKept:
      tally.wrong === 0 &&
      tally.other === 0 &&
      tally.unavailable > 0 &&
      tally.right > before &&
      recoveredMs > 0,
  });
}

/** The rows of DESIGN section 11 that belong to tenancy. @returns how many budgets are not kept. */
export async function bench(server: Server): Promise<number> {
  await ensureMasterIndexes();
  const rows: Row[] = [];
  process.stdout.write(`Making ${ORGANIZATIONS} organizations\n`);
  const eight = pLimit(8);
  const started = performance.now();
  const placed = await Promise.all(
    Array.from({ length: ORGANIZATIONS }, (_, index) => eight(() => place(index, 'dedicated-user'))),
  );
  rows.push({
    what: `${ORGANIZATIONS} databases with a user each, made`,
    value: ms(performance.now() - started),
  });
  for (const [name, part] of [
    ['hops', () => hops(rows, placed)],
    ['sweep and churn', () => sweep(rows, placed)],
    ['neighbours', () => neighbours(rows)],
    ['failover', () => failover(rows, placed, server)],
  ] as const) {
    process.stdout.write(`Measuring: ${name}\n`);
    await part();
  }
  drainTenants();
  await closeProvisioner();
  await closeMaster();
  return printRows('Tenancy', rows);
}
