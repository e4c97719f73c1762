import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordPlatformAudit } from '@/lib/audit/record';
import { platformAuditModel } from '@/lib/master/models/audit-event';
import { organizationModel } from '@/lib/master/models/organization';
import { newObjectId, objectId } from '@/lib/mongo';
import { expectIndexed } from '@/tests/assertions/explain';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { platformAuditQuery } from '../schema';
import { eachPlatformAuditEntry, findPlatformAudit, listPlatformAudit, verifyPlatformAudit } from './audit';

const ctx = {
  actor: {
    kind: 'platform' as const,
    userId: newObjectId().toString(),
    name: 'Admin',
    email: 'admin@chakravue.test',
  },
  requestId: randomUUID(),
};
let hospital: Awaited<ReturnType<typeof testOrganization>>;

beforeAll(async () => {
  hospital = await testOrganization();
});
afterAll(async () => {
  await hospital.dispose();
  await closeConnections();
});

describe('the log of the company', () => {
  it('lists what was done, newest first, with the organization’s name', async () => {
    await recordPlatformAudit({
      actor: { kind: 'platform', id: ctx.actor.userId, name: 'Admin' },
      action: 'test.listed',
      organizationId: hospital.organizationId,
    });
    const { entries } = await listPlatformAudit(ctx, {});
    const entry = entries.find(({ action }) => action === 'test.listed');
    expect(entry?.organization?.id).toBe(hospital.organizationId);
    expect(await organizationModel.exists({ _id: objectId(hospital.organizationId) })).toBeTruthy();
  });

  it('is filtered by action, result and organization, and says where a request came from', async () => {
    const organizationId = newObjectId().toString();
    const actor = { kind: 'platform' as const, id: ctx.actor.userId, name: 'Admin' };
    const request = { ip: '10.1.2.3', userAgent: 'A browser' };
    await recordPlatformAudit({ actor, action: 'test.one', organizationId, request });
    await recordPlatformAudit({ actor, action: 'test.one', result: 'refused' });
    await recordPlatformAudit({ actor, action: 'test.two', organizationId });
    const actions = async (fields: Record<string, unknown>) =>
      (await listPlatformAudit(ctx, platformAuditQuery.parse(fields))).entries.map(({ action }) => action);
    expect(await actions({ q: 'test.one' })).toEqual(['test.one', 'test.one']);
    expect(await actions({ q: 'test.one', result: 'refused' })).toEqual(['test.one']);
    expect(await actions({ organization: organizationId })).toEqual(['test.two', 'test.one']);
    expect(await actions({ q: '$where', result: 'nonsense' })).toContain('test.two');
    expect(await actions({ organization: organizationId, who: ctx.actor.userId })).toHaveLength(2);
    expect(await actions({ organization: organizationId, who: '10.9.9.9' })).toEqual([]);
    expect(await actions({ organization: organizationId, who: 'nobody@chakravue.test' })).toEqual([]);
    expect(
      await actions({ organization: organizationId, from: '2020-01-01', to: '2100-01-01' }),
    ).toHaveLength(2);
    expect(await actions({ organization: organizationId, to: '2020-01-01' })).toEqual([]);
    expect(await actions({ organization: organizationId, from: '2099-01-01' })).toEqual([]);
    const row = await platformAuditModel.findOne({ action: 'test.one', organizationId }).lean();
    expect(row).toMatchObject(request);
  });

  it('leaves as filtered, newest first', async () => {
    const rows = [];
    for await (const entry of eachPlatformAuditEntry(ctx, platformAuditQuery.parse({ q: 'test.one' })))
      rows.push(entry);
    expect(rows).toMatchObject([{ action: 'test.one', result: 'refused' }, { ip: '10.1.2.3' }]);
  });

  it('is verified as those of the organizations are: an edited entry is named', async () => {
    const verdict = async () => {
      const steps = [];
      for await (const step of verifyPlatformAudit(ctx)) steps.push(step);
      return steps.at(-1);
    };
    expect(await verdict()).toMatchObject({ status: 'intact' });
    const row = await platformAuditModel.findOne({ action: 'test.two' }).orFail().lean();
    await platformAuditModel.collection.updateOne({ _id: row._id }, { $set: { action: 'test.three' } });
    expect(await verdict()).toMatchObject({ status: 'broken', kind: 'edited', seq: row.seq });
    await platformAuditModel.collection.updateOne({ _id: row._id }, { $set: { action: 'test.two' } });
    expect(await verdict()).toMatchObject({ status: 'intact' });
  });

  it.each([
    {},
    { q: 'quote.send' },
    { result: 'refused' as const },
    { who: '10.1.2.3' },
    { from: '2020-01-01', to: '2030-01-01' },
    { organization: newObjectId().toString(), q: 'quote.send' },
  ])('answers %o from an index', async (query) => {
    expectIndexed(await (await findPlatformAudit(query)).find.explain('executionStats'));
  });
});
