import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { auditEventModel } from './ledger';
import { noteShown, SHOWN_STEP } from './shown';

let organization: Awaited<ReturnType<typeof testOrganization>>;
beforeAll(async () => {
  organization = await testOrganization();
});
afterAll(async () => {
  await organization.dispose();
  await closeConnections();
});

const entries = () =>
  auditEventModel({ db: organization.db }).find({ action: 'patient.list-many' }).sort({ seq: 1 }).lean();
const page = (from: number, size = 25) =>
  Array.from({ length: size }, (_, index) => `patient-${from + index}`);

describe('lists and searches', () => {
  it('leave an entry for each two hundred different patients that one person was shown', async () => {
    const ctx = organization.ctx('receptionist');
    // A day at the desk shows the same people again and again.
    for (let round = 0; round < 40; round++) await noteShown(ctx, page(0));
    expect(await entries()).toEqual([]);
    for (let from = 0; from < SHOWN_STEP * 2; from += 25) await noteShown(ctx, page(from));
    const found = await entries();
    expect(found).toHaveLength(2);
    expect(found[1]?.changes).toMatchObject([{ field: 'patientsShown', after: '400 within an hour' }]);
    expect(found[1]?.actor).toMatchObject({ role: 'receptionist' });
  });

  it('count each person for themselves', async () => {
    const before = (await entries()).length;
    await noteShown(organization.ctx('doctor'), page(0, SHOWN_STEP - 1));
    await noteShown(organization.ctx('optometrist'), page(0, SHOWN_STEP - 1));
    expect(await entries()).toHaveLength(before);
  });
});
