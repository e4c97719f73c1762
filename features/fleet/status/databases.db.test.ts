import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Database, start } from '@/dev/database/index.mjs';
import { cellModel } from '@/lib/master/models/cell';
import { jobModel } from '@/lib/master/models/job';
import { provisioningModel } from '@/lib/master/models/provisioning';
import { newObjectId } from '@/lib/mongo';
import { ensureCells } from '@/lib/provisioning/cells';
import { PERIODIC_KEY } from '@/lib/work/schedule';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { statusMeasurementModel } from './model';
import { probeAll } from './probes';

const CELL = 'cell-second';
const directory = mkdtempSync(join(tmpdir(), 'chakravue-status-cells-'));
let second: Database;
let organization: Awaited<ReturnType<typeof testOrganization>>;

/** A server of its own, whatever MONGODB_URI names. */
async function startSecond(port = 0): Promise<Database> {
  const { MONGODB_URI } = process.env;
  delete process.env.MONGODB_URI;
  try {
    return await start({ dataDir: directory, port });
  } finally {
    process.env.MONGODB_URI = MONGODB_URI;
  }
}

beforeAll(async () => {
  second = await startSecond();
  process.env.CELL_URIS = `${CELL}=${second.uri}`;
  organization = await testOrganization();
  await ensureCells();
});
afterAll(async () => {
  await cellModel.deleteOne({ _id: CELL });
  await organization.dispose();
  await closeConnections();
  await second.stop();
  rmSync(directory, { recursive: true, force: true });
});
const NOW = new Date();
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
beforeEach(async () => {
  await jobModel.deleteMany({ kind: 'cells.measure' });
  await provisioningModel.deleteMany({ lastError: 'It would not come' });
  await statusMeasurementModel.deleteMany({});
});
const databases = async () => (await probeAll(NOW, 20)).databases;
const UP = { level: 'up', error: null };

it('is partly broken while one of two servers is away, and whole again when it is back', async () => {
  expect(await databases()).toEqual(UP);
  const { port, password } = new URL(second.uri);
  await second.stop();
  const found = await databases();
  expect(found.level).toBe('degraded');
  expect(found.error).toMatch(new RegExp(`^No answer from ${CELL} \\([A-Za-z0-9 ]+\\)$`));
  expect(found.error).not.toContain(port);
  if (password) expect(found.error).not.toContain(password);
  second = await startSecond(Number(port));
  await expect.poll(databases, { timeout: 20_000, interval: 500 }).toEqual(UP);
}, 60_000);

it('sees a server whose size cannot be read, once it has been tried', async () => {
  await cellModel.updateOne({ _id: CELL }, { $set: { measuredAt: ago(90) } });
  const measure = { kind: 'cells.measure', key: PERIODIC_KEY, state: 'done' as const, runAt: ago(95) };
  await jobModel.create({ ...measure, finishedAt: ago(95) });
  // Everything was away, not this server alone.
  expect(await databases()).toEqual(UP);
  await jobModel.updateOne({ kind: 'cells.measure' }, { $set: { finishedAt: ago(3) } });
  expect(await databases()).toEqual({
    level: 'degraded',
    error: `The size of ${CELL} could not be read for an hour`,
  });
  await cellModel.updateOne({ _id: CELL }, { $set: { measuredAt: ago(3) } });
  expect(await databases()).toEqual(UP);
});

it('sees new databases that fail to come, not those that a vendor is still making, nor one alone', async () => {
  const stuck = async (minutes: number, fields: Record<string, unknown> = {}) =>
    provisioningModel.collection.insertOne({
      organizationId: newObjectId(),
      step: 'placed',
      createdAt: ago(minutes),
      lastError: 'It would not come',
      ...fields,
    });
  for (const minutes of [5, 10, 20, 31, 60, 2 * 24 * 60]) await stuck(minutes);
  await stuck(70, { waitingFor: 'the cluster' });
  await stuck(70, { finishedAt: NOW });
  expect(await databases()).toEqual(UP);
  await stuck(80);
  expect(await databases()).toEqual({ level: 'degraded', error: '3 new databases fail to come' });
});
