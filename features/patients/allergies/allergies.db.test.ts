import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newObjectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { changesOf } from '@/tests/assertions/entries';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { findAllergies, findAllergyRows } from './queries';
import { addAllergyInput, confirmAllergiesInput, endAllergyInput } from './schema';
import { addAllergy, confirmAllergies, endAllergy } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: TenantContext;
const add = (patientId: string, substance: string, facts: Record<string, string> = {}) =>
  addAllergy(ctx, addAllergyInput.parse({ patientId, substance, ...facts }));

beforeAll(async () => {
  org = await testOrganization();
  ctx = org.ctx('receptionist');
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

describe('the allergies of a patient', () => {
  it('are unasked, then none known, then a list; asking leaves a name and a time', async () => {
    const { id: patientId } = await aPatient(ctx);
    expect(await findAllergies(ctx, patientId)).toMatchObject({ status: 'unasked', asked: null });
    const none = await confirmAllergies(ctx, confirmAllergiesInput.parse({ patientId }));
    expect(none).toMatchObject({ status: 'none-known', asked: { name: ctx.actor.name } });
    const added = await add(patientId, 'Penicillin', { reaction: 'Rash', severity: 'severe', since: '2011' });
    expect(await findAllergies(ctx, patientId)).toMatchObject({
      status: 'known',
      allergies: [
        { id: added.id, substance: 'Penicillin', reaction: 'Rash', severity: 'severe', since: '2011' },
      ],
    });
  });

  it('hold each substance once while it is in the list', async () => {
    const { id: patientId } = await aPatient(ctx);
    const two = await Promise.allSettled([add(patientId, 'Latex'), add(patientId, 'latex')]);
    expect(two.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(add(patientId, 'LATEX')).rejects.toMatchObject({ code: 'CONFLICT', field: 'substance' });
    expect((await findAllergies(ctx, patientId)).allergies).toHaveLength(1);
  });

  it('end with a reason and stay readable; then none are known', async () => {
    const { id: patientId } = await aPatient(ctx);
    const { id } = await add(patientId, 'Timolol');
    const end = endAllergyInput.parse({ allergyId: id, endReason: 'Another patient' });
    const { changes } = await changesOf(ctx, (acting) => endAllergy(acting, end)).then((list) => ({
      changes: list,
    }));
    expect(JSON.stringify(changes)).not.toContain('Another patient');
    await expect(endAllergy(ctx, end)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await findAllergies(ctx, patientId)).toMatchObject({
      status: 'none-known',
      allergies: [],
      ended: [{ substance: 'Timolol', ended: { reason: 'Another patient' } }],
    });
    await add(patientId, 'Timolol');
    expect((await findAllergies(ctx, patientId)).allergies).toHaveLength(1);
  });

  it('are of somebody who is registered, and of nobody else', async () => {
    const patientId = newObjectId().toString();
    await expect(add(patientId, 'Latex')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(confirmAllergies(ctx, { patientId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const end = { allergyId: patientId, endReason: 'x' };
    await expect(endAllergy(ctx, end)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await findAllergies(ctx, patientId)).toMatchObject({ status: 'unasked', allergies: [] });
  });

  it('are read by an index', async () => {
    const { id: patientId } = await aPatient(ctx);
    await add(patientId, 'Latex');
    const plan = JSON.stringify(await findAllergyRows(ctx, patientId).explain('queryPlanner'));
    expect(plan).toContain('IXSCAN');
    expect(plan).not.toContain('COLLSCAN');
  });
});
