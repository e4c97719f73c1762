import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TenantContext } from '@/lib/tenancy/context';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { historyModel } from './model';
import { findHistory } from './queries';
import { saveHistoryInput } from './schema';
import { confirmHistory, saveHistory } from './service';

type Organization = Awaited<ReturnType<typeof testOrganization>>;
let org: Organization;
let other: Organization;
let ctx: TenantContext;
let patientId: string;
beforeAll(async () => {
  org = await testOrganization();
  other = await testOrganization();
  ctx = org.ctx('optometrist');
  ({ id: patientId } = await aPatient(ctx));
});
afterAll(async () => {
  await org.dispose();
  await other.dispose();
  await closeConnections();
});

const save = (fields: Record<string, unknown>, version: number, at?: Date) =>
  saveHistory(ctx, saveHistoryInput.parse({ patientId, version, ...fields }), at);

it('is asked, written, confirmed and changed, each with a name and a time; opening it does nothing', async () => {
  expect(await findHistory(ctx, patientId)).toMatchObject({ parts: {}, version: 0, asked: null });
  await expect(confirmHistory(ctx, { patientId })).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await historyModel(ctx).countDocuments({})).toBe(0);

  const first = new Date('2026-01-02T10:00:00Z');
  const written = await save({ 'medical1-what': 'Diabetes', 'family-nothing': 'on' }, 0, first);
  expect(written).toMatchObject({ version: 1, parts: { medical: [{ what: 'Diabetes' }], family: [] } });
  const later = new Date('2026-11-29T10:00:00Z');
  const asked = await confirmHistory(ctx, { patientId }, later);
  expect(asked).toMatchObject({
    version: 1,
    parts: written.parts,
    changed: { at: first.toISOString() },
    asked: { at: later.toISOString(), name: ctx.actor.name },
  });

  await expect(save({ 'medical1-what': 'Asthma' }, 0)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await findHistory(ctx, patientId)).toEqual(asked);
  expect(await save({}, 1)).toMatchObject({ version: 2, parts: {} });
});

it('of two people who begin it at once keeps one, and tells the other', async () => {
  const { id } = await aPatient(ctx);
  const begin = (what: string) =>
    saveHistory(ctx, saveHistoryInput.parse({ patientId: id, version: 0, 'medical1-what': what }));
  const results = await Promise.allSettled([begin('Asthma'), begin('Stroke')]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect((await findHistory(ctx, id)).version).toBe(1);
});

it('is nobody’s of another organization', async () => {
  await expect(
    saveHistory(other.ctx(), saveHistoryInput.parse({ patientId, version: 0, 'medical1-what': 'Asthma' })),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await findHistory(other.ctx(), patientId)).toMatchObject({ parts: {}, asked: null });
});
