import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { auditEventModel } from './ledger';
import { recordOpening } from './opening';

let organization: Awaited<ReturnType<typeof testOrganization>>;
beforeAll(async () => {
  organization = await testOrganization();
});
afterAll(async () => {
  await organization.dispose();
  await closeConnections();
});

const TARGET = 'visit:6512bd43d9caa6e02c990b0a';
const openings = () => auditEventModel({ db: organization.db }).countDocuments({ target: TARGET });

it('is one entry for a page that is shown again at once, and one for each person, kind and later look', async () => {
  const doctor = organization.ctx('doctor');
  await recordOpening(doctor, 'visit.open', TARGET);
  await recordOpening(doctor, 'visit.open', TARGET);
  expect(await openings()).toBe(1);
  await recordOpening(organization.ctx('optometrist'), 'visit.open', TARGET);
  await recordOpening(doctor, 'letter.open', TARGET);
  expect(await openings()).toBe(3);
  await recordOpening(doctor, 'visit.open', TARGET, new Date(Date.now() + 31_000));
  expect(await openings()).toBe(4);
});
