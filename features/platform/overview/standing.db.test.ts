import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { setSuspension } from '@/features/fleet/operations/service/suspend';
import { listAtRisk } from '@/features/fleet/usage/queries';
import { getRevenueNow, listFigure } from '@/features/subscription/revenue/queries';
import { jobModel } from '@/lib/master/models/job';
import { organizationModel } from '@/lib/master/models/organization';
import type { OrganizationPurpose, OrganizationState } from '@/lib/master/vocabulary';
import { newObjectId } from '@/lib/mongo';
import { closedReason } from '@/lib/organizations/policy';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { getOrganization, listOrganizations } from './queries/organizations';
import { getPlatformFigures } from './queries/overview';
import { organizationListQuery } from './schema';

const ctx = {
  actor: {
    kind: 'platform' as const,
    userId: newObjectId().toString(),
    name: 'Admin',
    email: 'admin@chakravue.test',
  },
  requestId: randomUUID(),
};
const by = { kind: 'platform' as const, id: ctx.actor.userId, name: 'Admin' };
let hospital: Awaited<ReturnType<typeof testOrganization>>;

beforeAll(async () => {
  hospital = await testOrganization();
});
afterAll(async () => {
  await hospital.dispose();
  await closeConnections();
});

type Life = { status: OrganizationState; stripe?: string; owes?: boolean; purpose?: OrganizationPurpose };

async function add({ status, stripe = 'active', owes = false, purpose }: Life) {
  const name = `Standing ${randomUUID().slice(0, 8)}`;
  const _id = newObjectId();
  await organizationModel.create({
    _id,
    organizationName: name,
    nameKey: name.toLowerCase(),
    email: 'owner@hospital.test',
    phone: '+91 98450 12345',
    industry: 'eye-hospital',
    country: 'IN',
    timeZone: 'Asia/Kolkata',
    expectedUsers: 5,
    plan: 'starter',
    status,
    ...(purpose ? { purpose } : {}),
    ...(owes ? { nonPayment: { since: new Date(), stage: 'retrying' } } : {}),
    statusSince: new Date(),
    ownerId: newObjectId(),
    features: { maxUsers: 5, maxStorage: 1024 ** 3, enableAnalytics: false, enableReports: true },
    ...(purpose
      ? {}
      : {
          subscription: {
            status: stripe,
            plan: 'starter',
            priceCents: 9_900,
            currency: 'sek',
            interval: 'month',
            quantity: 1,
            currentPeriodEnd: new Date('2030-01-01'),
            cancelAtPeriodEnd: false,
            syncedAt: new Date(),
          },
        }),
  });
  return _id.toString();
}

const listed = async (status: string) =>
  (await listOrganizations(ctx, organizationListQuery.parse({ status, kind: 'customer' }))).count;

it('each number of the company is the same on its overview, in its lists and in its revenue', async () => {
  await add({ status: 'active' });
  await add({ status: 'active', stripe: 'trialing' });
  const owing = await add({ status: 'past_due', stripe: 'past_due', owes: true });
  await add({ status: 'read_only', stripe: 'unpaid', owes: true });
  await add({ status: 'read_only' });
  await add({ status: 'active', purpose: 'demo' });
  await add({ status: 'active', purpose: 'template' });
  const figures = await getPlatformFigures(ctx);
  expect(figures.others).toBeGreaterThanOrEqual(2);
  expect(figures.active).toBe(await listed('active'));
  expect(figures.overdue).toBe(await listed('overdue'));
  expect(figures.suspended).toBe(await listed('suspended'));
  const parts = ['active', 'overdue', 'paused', 'suspended', 'leaving', 'gone', 'provisioning'] as const;
  const sum = parts.reduce((total, part) => total + figures[part], 0);
  expect(sum + figures.pendingPayment + figures.requested).toBe(figures.total);
  expect(figures.plans.reduce((total, { organizations }) => total + organizations, 0)).toBe(
    figures.active + figures.overdue + figures.paused,
  );
  const { pastDue } = await getRevenueNow(ctx, 'sek');
  expect(pastDue).toEqual({ customers: 2, mrrCents: 19_800 });
  const { rows } = await listFigure(ctx, 'past-due', { currency: 'sek' });
  expect(rows.reduce((total, { cents }) => total + (cents ?? 0), 0)).toBe(pastDue.mrrCents);
  expect((await listAtRisk(ctx, 50)).map(({ id }) => id)).toContain(owing);
});

it('a suspension by the company is on every page, and its owners are told why', async () => {
  const { organizationId } = hospital;
  const before = await getPlatformFigures(ctx);
  await setSuspension(by, organizationId, 'The contract has ended');
  const after = await getPlatformFigures(ctx);
  expect([after.active, after.suspended, after.total]).toEqual([
    before.active - 1,
    before.suspended + 1,
    before.total,
  ]);
  const { organization } = await getOrganization(ctx, organizationId);
  expect(organization.status).toBe('suspended');
  expect(await listed('suspended')).toBe(after.suspended);
  expect(await listed('active')).toBe(after.active);
  expect((await listAtRisk(ctx, 50)).find(({ id }) => id === organizationId)?.reasons[0]?.text).toBe(
    'Suspended by us',
  );
  const row = await organizationModel.findById(organizationId).orFail().lean();
  expect(closedReason(row)).toMatchObject({
    reason: 'We have suspended it: The contract has ended',
    canPay: false,
  });
  const told = async () => jobModel.countDocuments({ kind: 'mail.send', key: /^suspension:/ });
  const mails = await told();
  expect(mails).toBeGreaterThan(0);
  await setSuspension(by, organizationId, null);
  expect((await getPlatformFigures(ctx)).active).toBe(before.active);
  expect(await told()).toBe(2 * mails);
});
