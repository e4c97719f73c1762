import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import '@/server/tenant-models';
import '../master/all-models';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { masterTransaction } from '../master/connection';
import { ensureMasterIndexes } from '../master/define-master-model';
import { cellModel } from '../master/models/cell';
import { ensureCells, filesPerOrganization, leaveCell, measureCells, takeCell, toFacts } from './cells';
import { NeedsOperator } from './provider';
import { FIRST_CELL } from './providers/self-hosted';

const take = () => masterTransaction((session) => takeCell(session));
const row = async () => cellModel.findById(FIRST_CELL).orFail().lean();
const set = async (fields: Record<string, unknown>) =>
  cellModel.updateOne({ _id: FIRST_CELL }, { $set: fields });

describe('places on cells', () => {
  let before: Awaited<ReturnType<typeof row>>;
  beforeAll(async () => {
    await ensureMasterIndexes();
    await ensureCells();
    before = await row();
  });
  afterAll(async () => {
    await cellModel.updateOne(
      { _id: FIRST_CELL },
      {
        $set: { usage: before.usage, organizations: before.organizations, acceptsNew: true },
        $unset: { limits: '' },
      },
    );
    await closeConnections();
  });

  it('are given once when many ask for the last ones at the same moment', async () => {
    const files = filesPerOrganization();
    // Room for three below 80 %.
    await set({
      organizations: 0,
      usage: { files: 0, storageBytes: 0, connections: 0 },
      limits: { files: Math.ceil((files * 3.5) / 0.8) },
    });
    const results = await Promise.allSettled(Array.from({ length: 8 }, take));
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refused).toHaveLength(5);
    for (const reason of refused) expect(reason).toBeInstanceOf(NeedsOperator);
    expect(await row()).toMatchObject({ organizations: 3, usage: { files: files * 3 } });
  });

  it('are free again after a database has gone', async () => {
    await leaveCell(FIRST_CELL);
    await take();
    await expect(take()).rejects.toBeInstanceOf(NeedsOperator);
  });

  it('are not given on a closed cell', async () => {
    await set({ acceptsNew: false, limits: { files: 1_000_000 } });
    await expect(take()).rejects.toThrow('No cell has room');
    await set({ acceptsNew: true });
  });

  it('are counted by what the server says', async () => {
    const organization = await testOrganization();
    await measureCells();
    const cell = toFacts(await row());
    expect(cell.usage.files).toBeGreaterThanOrEqual(filesPerOrganization());
    expect(cell.usage.storageBytes).toBeGreaterThan(0);
    expect(cell.usage.connections).toBeGreaterThan(0);
    expect((await row()).measuredAt).toBeInstanceOf(Date);
    await organization.dispose();
  });
});
