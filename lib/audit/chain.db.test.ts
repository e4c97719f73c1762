import mongoose from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditAnchorModel } from '@/lib/master/models/audit-anchor';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { writeAnchor } from './anchor';
import { readHead } from './chain';
import { platformLedger, tenantLedger } from './ledger';
import { pruneLedger } from './prune';
import { recordAudit, recordPlatformAudit } from './record';
import { verdictOf, verifyLedger } from './verify';

let org: Awaited<ReturnType<typeof testOrganization>>;
let client: mongoose.mongo.MongoClient;
type Row = {
  _id: mongoose.Types.ObjectId;
  seq: number;
  at: Date;
  prev: string;
  hash: string;
  action: string;
};
type HeadRow = { _id: string; seq: number; hash: string; mac: string };
// As somebody with the database's password would: past the product, straight at the rows.
const rows = () => client.db(org.db.name).collection<Row>('audit_log');
const heads = () => client.db(org.db.name).collection<HeadRow>('audit_head');
const ledger = () => tenantLedger(org.db);
const verify = () => verdictOf(ledger());
const write = (count: number, action = 'test.write') =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      recordAudit(org.ctx('owner'), { action, target: `thing:${index}` }),
    ),
  );

beforeAll(async () => {
  org = await testOrganization();
  client = new mongoose.mongo.MongoClient(process.env.MONGODB_URI ?? '');
  await write(12);
});
afterAll(async () => {
  await client.close();
  await org.dispose();
  await closeConnections();
});

describe('writing', () => {
  it('gives fifty simultaneous writers one chain without gaps', async () => {
    const before = (await readHead(ledger()))?.seq ?? 0;
    await write(50);
    const all = await rows().find().sort({ seq: 1 }).toArray();
    expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: before + 50 }, (_, index) => index + 1));
    for (const [index, row] of all.entries()) expect(row.prev).toBe(all[index - 1]?.hash ?? '');
    expect(await verify()).toMatchObject({ status: 'intact', checked: before + 50, last: before + 50 });
  });

  it('says how far a verification is', async () => {
    const steps = [];
    for await (const step of verifyLedger(ledger())) steps.push(step.status);
    expect(steps).toEqual(['checking', 'intact']);
  });
});

describe('tampering', () => {
  let saved: { rows: Row[]; heads: HeadRow[] };
  let last = 0;
  beforeEach(async () => {
    saved ??= { rows: await rows().find().toArray(), heads: await heads().find().toArray() };
    await rows().deleteMany({});
    await rows().insertMany(saved.rows);
    await heads().deleteMany({});
    await heads().insertMany(saved.heads);
    const head = await readHead(ledger());
    if (!head) throw new Error('no head');
    last = head.seq;
    await writeAnchor(ledger().id, await ledger().key(), head);
    expect(await verify()).toMatchObject({ status: 'intact' });
  });

  it.each([
    ['action', 'nothing.happened'],
    ['target', 'thing:other'],
    ['at', new Date(0)],
    ['actor.name', 'Somebody Else'],
    ['result', 'refused'],
    ['ip', '10.0.0.1'],
    ['changes', [{ field: 'x', before: 'a', after: 'b' }]],
    ['actor', null],
    ['hash', 'A'.repeat(43)],
    ['prev', 'A'.repeat(43)],
  ])('names the entry whose %s was edited', async (field, value) => {
    await rows().updateOne({ seq: 7 }, { $set: { [field]: value } });
    expect(await verify()).toMatchObject({ status: 'broken', kind: 'edited', seq: 7, checked: 6 });
  });

  it('names a deleted entry, the first one too', async () => {
    await rows().deleteOne({ seq: 9 });
    expect(await verify()).toMatchObject({ status: 'broken', kind: 'deleted', seq: 9 });
    await rows().deleteOne({ seq: 1 });
    expect(await verify()).toMatchObject({ status: 'broken', kind: 'deleted', seq: 1 });
  });

  it('names two entries that changed places', async () => {
    const [a, b] = [await rows().findOne({ seq: 4 }), await rows().findOne({ seq: 8 })];
    if (!a || !b) throw new Error('no rows');
    await rows().deleteMany({ seq: { $in: [4, 8] } });
    await rows().insertMany([
      { ...a, seq: 8 },
      { ...b, seq: 4 },
    ]);
    expect(await verify()).toMatchObject({ status: 'broken', kind: 'reordered', seq: 4 });
  });

  it('names the first of those cut off at the end', async () => {
    await rows().deleteMany({ seq: { $gt: last - 3 } });
    expect(await verify()).toMatchObject({ status: 'broken', kind: 'truncated', seq: last - 2, until: last });
  });

  it('misses the newest entry also when the end mark was put back to an older, genuine one', async () => {
    const older = saved.heads;
    await write(2);
    await rows().deleteMany({ seq: { $gt: last } });
    await heads().deleteMany({});
    // Without an end mark at all, as with an older one.
    expect(await verify()).toMatchObject({ status: 'broken' });
    await heads().insertMany(older);
    expect(await verify()).toMatchObject({
      status: 'broken',
      kind: 'truncated',
      seq: last + 1,
      until: last + 2,
    });
    // Entries written over the gap do not hide it.
    await write(3);
    expect(await verify()).toMatchObject({ status: 'broken', kind: 'edited', seq: last + 2 });
    await auditAnchorModel.deleteOne({ _id: org.organizationId });
  });

  it('notices an emptied log, a removed or altered end mark and an altered anchor', async () => {
    await heads().updateOne({}, { $set: { seq: last - 1 } });
    await rows().deleteOne({ seq: last });
    expect(await verify()).toMatchObject({ status: 'broken', seq: last });
    await heads().deleteMany({});
    expect(await verify()).toMatchObject({ status: 'broken', kind: 'end-mark' });
    await rows().deleteMany({});
    expect(await verify()).toMatchObject({ status: 'broken', kind: 'truncated', seq: 1 });
    await auditAnchorModel.updateOne({ _id: org.organizationId }, { $set: { seq: 1 } });
    expect(await verify()).toMatchObject({ status: 'broken', kind: 'anchor' });
    await auditAnchorModel.deleteOne({ _id: org.organizationId });
  });

  it('cannot be covered up by an end mark set back: writing goes on, and the log says so', async () => {
    await heads().updateOne({}, { $set: { seq: 3 } });
    await write(1);
    expect(await rows().countDocuments()).toBe(saved.rows.length + 1);
    expect(await verify()).toMatchObject({ status: 'intact', last: last + 1 });
    await auditAnchorModel.deleteOne({ _id: org.organizationId });
  });
});

describe('retention', () => {
  it('removes what is older and leaves a chain that can be verified, and still misses what is cut off', async () => {
    const other = await testOrganization();
    try {
      const its = tenantLedger(other.db);
      for (let index = 0; index < 5; index++) await recordAudit(other.ctx('owner'), { action: 'old.one' });
      const cut = new Date((await readHead(its))?.at.getTime() ?? 0);
      cut.setMilliseconds(cut.getMilliseconds() + 1);
      for (const until = Date.now() + 5; Date.now() < until; ) await Promise.resolve();
      for (let index = 0; index < 4; index++) await recordAudit(other.ctx('owner'), { action: 'new.one' });
      expect(await pruneLedger(its, cut)).toBe(5);
      expect(await verdictOf(its)).toMatchObject({ status: 'intact', first: 6, last: 9, checked: 4 });
      expect(await pruneLedger(its, cut)).toBe(0);
      const direct = client.db(other.db.name).collection<Row>('audit_log');
      await direct.deleteOne({ seq: 6 });
      expect(await verdictOf(its)).toMatchObject({ status: 'broken', kind: 'deleted', seq: 6 });
    } finally {
      await other.dispose();
    }
  });
});

it('the platform’s own log is such a chain', async () => {
  await Promise.all(
    Array.from({ length: 5 }, () =>
      recordPlatformAudit({ actor: { kind: 'system', id: 'test', name: 'Test' }, action: 'test.platform' }),
    ),
  );
  expect(await verdictOf(platformLedger())).toMatchObject({ status: 'intact' });
});
