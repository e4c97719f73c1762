import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addServiceInput } from '@/features/cashier/price-list/schema';
import { addService } from '@/features/cashier/price-list/service/services';
import { letterheadModel } from '@/features/identity/papers/model';
import * as seats from '@/features/identity/staff/seats';
import { inviteStaff } from '@/features/identity/staff/service/invitations';
import { addSamples } from '@/features/support/samples/service/add-samples';
import { organizationModel } from '@/lib/master/models/organization';
import { anAppointment } from '@/tests/builders/appointment';
import { aBatch } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aSchedule } from '@/tests/builders/schedule';
import { START_STEPS, startSteps } from './policy';
import { getSetUp, listStartSteps } from './queries';
import { setPutAway } from './service';

describe('the list of a new hospital', () => {
  let organization: Awaited<ReturnType<typeof testOrganization>>;
  beforeAll(async () => {
    organization = await testOrganization();
  });
  afterAll(async () => {
    await organization.dispose();
    await closeConnections();
  });
  const row = async () =>
    (await organizationModel.findById(organization.organizationId).select('onboarding').lean())?.onboarding;
  const open = async (hasSecondFactor = false) => {
    const steps = await listStartSteps(organization.ctx(), { onboarding: await row(), hasSecondFactor });
    return steps.filter(({ isDone }) => !isDone).map(({ id }) => id);
  };

  it('does itself as things are done, one after the other', async () => {
    const ctx = organization.ctx();
    expect(await open()).toEqual([...START_STEPS]);
    await letterheadModel(ctx).create({
      ...{ _id: 'letterhead', name: 'Sunrise Eye Hospital' },
      ...{ size: 'A4' as const, isPreprinted: false, top: 10, bottom: 10, side: 10 },
    });
    expect(await open()).not.toContain('letterhead');
    const service = { name: 'Visit', code: 'V1', group: 'consultation', taxClass: 'health', price: '300' };
    await addService(ctx, addServiceInput.parse(service));
    expect(await open()).not.toContain('prices');
    await inviteStaff(ctx, { name: 'Neha', email: `neha-${Date.now()}@hospital.test`, role: 'doctor' });
    expect(await open()).not.toContain('staff');
    await aSchedule(ctx, (await organization.doctor()).id);
    expect(await open()).not.toContain('hours');
    await aBatch(ctx);
    expect(await open(true)).toEqual(['patient', 'appointment']);
  });

  it('is not fooled by sample patients', async () => {
    expect(await addSamples(organization.ctx())).toBe(6);
    expect(await open(true)).toEqual(['patient', 'appointment']);
  });

  it('is put away for all, and comes back where it was', async () => {
    await setPutAway(organization.ctx(), true);
    expect(await open()).toEqual([]);
    expect(await getSetUp(organization.ctx(), { onboarding: await row(), hasSecondFactor: true })).toEqual({
      left: 2,
      isPutAway: true,
    });
    await setPutAway(organization.ctx(), false);
    expect(await open(true)).toEqual(['patient', 'appointment']);
  });

  it('is empty and asks nothing any more once everything was done', async () => {
    await anAppointment(organization.ctx());
    expect(await open(true)).toEqual([]);
    expect((await row())?.done).toHaveLength(START_STEPS.length - 1);
    const asked = vi.spyOn(seats, 'getSeats');
    expect(await open(true)).toEqual([]);
    expect(await open(false)).toEqual(['second-factor']);
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
  });

  it('counts nothing of another hospital', async () => {
    const other = await testOrganization();
    const steps = await listStartSteps(other.ctx(), { onboarding: null, hasSecondFactor: false });
    expect(steps.filter(({ isDone }) => isDone)).toEqual([]);
    await other.dispose();
  });
});

it('asks each person for a second factor of their own', () => {
  const all = new Set<string>(START_STEPS);
  expect(startSteps(all, true)).toEqual([]);
  expect(startSteps(all, false).filter(({ isDone }) => !isDone)).toEqual([
    { id: 'second-factor', isDone: false },
  ]);
});
