import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cellsOf } from '@/lib/columns';
import { encodeCursor } from '@/lib/keyset';
import { billingDriftModel } from '@/lib/master/models/billing-drift';
import { jobModel } from '@/lib/master/models/job';
import { organizationModel } from '@/lib/master/models/organization';
import { stripeEventModel } from '@/lib/master/models/stripe-event';
import type { OrganizationState, PlanId } from '@/lib/master/vocabulary';
import { newObjectId, op } from '@/lib/mongo';
import { findSearchable } from '@/lib/organizations/find-customers';
import { getPlacement } from '@/lib/tenancy/placement';
import { expectIndexed } from '@/tests/assertions/explain';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { organizationColumns } from './columns';
import { getBillingAttention } from './queries/attention';
import { findMade, getForecast, inspectDatabase, listCells, listDatabases } from './queries/databases';
import { findStripeEvents, listStripeEvents } from './queries/events';
import {
  eachOrganizationSummary,
  findOrganizations,
  getOrganization,
  listOrganizations,
} from './queries/organizations';
import { getPlatformFigures, listBeingSetUp, listEnterpriseRequests } from './queries/overview';
import { findDrifts, listDrifts } from './queries/reconciliation';
import { searchCompany } from './queries/search';
import { organizationListQuery } from './schema';
import {
  openCell,
  reconcileNow,
  replayEvent,
  replayFailedEvents,
  retryProvisioning,
  syncOrganization,
} from './service';

const ctx = {
  actor: {
    kind: 'platform' as const,
    userId: newObjectId().toString(),
    name: 'Admin',
    email: 'admin@chakravue.test',
  },
  requestId: randomUUID(),
};
const query = (fields: Record<string, unknown> = {}) => organizationListQuery.parse(fields);

type Extra = {
  status?: OrganizationState;
  plan?: PlanId;
  currency?: string;
  priceCents?: number;
  stripeCustomerId?: string;
  billingAlarm?: { kind: 'dispute'; detail: string; since: Date };
};

function row(name: string, extra: Extra = {}) {
  const { currency, priceCents = 9_900, ...rest } = extra;
  return {
    _id: newObjectId(),
    organizationName: name,
    nameKey: name.toLowerCase(),
    email: 'owner@hospital.test',
    phone: '+91 98450 12345',
    industry: 'eye-hospital',
    country: 'IN',
    timeZone: 'Asia/Kolkata',
    expectedUsers: 40,
    plan: 'starter' as const,
    status: 'active' as const,
    statusSince: new Date(),
    ownerId: newObjectId(),
    features: { maxUsers: 5, maxStorage: 1024 ** 3, enableAnalytics: false, enableReports: true },
    ...rest,
    ...(currency
      ? {
          subscription: {
            status: 'active',
            plan: 'starter',
            priceCents,
            currency,
            interval: 'month' as const,
            quantity: 1,
            currentPeriodEnd: new Date('2027-01-01'),
            cancelAtPeriodEnd: false,
            syncedAt: new Date(),
          },
        }
      : {}),
  };
}

describe('what the company sees', () => {
  const tag = `zq${randomUUID().slice(0, 8)}`;
  let hospital: Awaited<ReturnType<typeof testOrganization>>;

  beforeAll(async () => {
    hospital = await testOrganization();
    const names = Array.from({ length: 60 }, (_, index) => `${tag} ${String(index).padStart(2, '0')}`);
    await organizationModel.insertMany(
      names.map((name, index) => row(name, index % 2 ? { plan: 'professional', status: 'suspended' } : {})),
    );
  });
  afterAll(async () => {
    await hospital.dispose();
    await closeConnections();
  });

  it('walks the list by name to the end and back, each organization once', async () => {
    const first = await listOrganizations(ctx, query({ q: tag.toUpperCase() }));
    expect(first.count).toBe(60);
    expect(first.before).toBeNull();
    const second = await listOrganizations(ctx, query({ q: tag, after: first.after }));
    const third = await listOrganizations(ctx, query({ q: tag, after: second.after }));
    expect(third.after).toBeNull();
    const all = [first, second, third].flatMap(({ organizations }) => organizations.map(({ name }) => name));
    expect(all).toEqual(Array.from({ length: 60 }, (_, index) => `${tag} ${String(index).padStart(2, '0')}`));
    const back = await listOrganizations(ctx, query({ q: tag, before: third.before }));
    expect(back.organizations).toEqual(second.organizations);
    const front = await listOrganizations(ctx, query({ q: tag, before: back.before }));
    expect(front.organizations).toEqual(first.organizations);
    expect(front.before).toBeNull();
  });

  it('walks the newest first, although all were made in the same moment', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listOrganizations>> = await listOrganizations(
        ctx,
        query({ plan: 'professional', status: 'suspended', after }),
      );
      seen.push(...page.organizations.filter(({ name }) => name.startsWith(tag)).map(({ name }) => name));
      after = page.after;
    } while (after);
    expect(seen).toHaveLength(30);
    expect(new Set(seen).size).toBe(30);
  });

  it('filters by status and plan, and shows the first page for a broken cursor', async () => {
    const { count, organizations } = await listOrganizations(
      ctx,
      query({ q: tag, status: 'suspended', after: 'broken' }),
    );
    expect(count).toBe(30);
    expect(organizations.every(({ plan, status }) => plan === 'professional' && status === 'suspended')).toBe(
      true,
    );
  });

  it.each([
    {},
    { sort: 'name' },
    { status: 'active' },
    { status: 'active', sort: 'name' },
    { plan: 'starter' },
    { plan: 'starter', sort: '-name' },
    { status: 'active', plan: 'starter' },
    { status: 'active', plan: 'starter', sort: 'name' },
    { q: 'zq' },
    { sort: 'name', after: encodeCursor(['zq', newObjectId().toString()]) },
    { status: 'active', after: encodeCursor([new Date().toISOString(), newObjectId().toString()]) },
  ])('answers %o from an index, without sorting', async (fields) => {
    const { find } = await findOrganizations(query(fields));
    expectIndexed(await find.explain('executionStats'));
  });

  it('finds a customer by any part of the name, the e-mail, the phone or the id at Stripe', async () => {
    const mark = randomUUID().slice(0, 8);
    const id = `cus_${mark.toUpperCase()}x`;
    const netra = {
      ...row(`Sri Netralaya ${mark} Pune`, { stripeCustomerId: id }),
      email: `Front.Desk@netra-${mark}.example`,
      phone: `+91 (98) 450-${mark.replace(/\D/g, '').padEnd(4, '7').slice(0, 4)}1`,
    };
    await organizationModel.create(netra);
    const names = async (q: string) =>
      (await listOrganizations(ctx, query({ q }))).organizations.map(({ name }) => name);
    const phone = netra.phone.replace(/\D/g, '').slice(2);
    for (const q of [`alaya ${mark}`, `pune ${mark.slice(2)}`, `DESK@netra-${mark}`, phone, id, id.slice(2)])
      expect(await names(q), q).toContain(netra.organizationName);
    for (const q of [`alaya ${mark} Delhi`, `desk@netra-${mark}.com`, 'cus_nobody', '.*', `${phone}9`])
      expect(await names(q), q).not.toContain(netra.organizationName);
    const groups = await searchCompany(ctx, `netralaya ${mark}`);
    expect(groups).toEqual([
      {
        heading: 'Customers',
        items: [expect.objectContaining({ href: `/platform/organizations/${netra._id.toString()}` })],
      },
    ]);
  });

  it('searches in one index, and reads those that it found by their ids', async () => {
    expectIndexed(await findSearchable().explain('executionStats'));
    const { find } = await findOrganizations(query({ q: tag, status: 'suspended' }));
    expect(JSON.stringify(await find.explain())).not.toMatch(/COLLSCAN|"SORT"/);
  });

  it('answers the ledger of events from an index', async () => {
    for (const find of [
      (await findStripeEvents({})).find,
      (await findStripeEvents({ outcome: 'failed' })).find,
    ]) {
      expectIndexed(await find.explain('executionStats'));
    }
  });

  it('exports every row that the list has, once', async () => {
    const lines: string[] = [];
    for await (const one of eachOrganizationSummary(ctx, query({ q: tag })))
      lines.push(cellsOf(organizationColumns, one).join());
    expect(lines).toHaveLength(60);
    expect(new Set(lines).size).toBe(60);
    expect(lines[0]).toContain(`${tag} 00,IN,active,,customer,starter,0,5,0,1073741824`);
  });

  it('counts revenue from what is paid, each currency by itself', async () => {
    // XTS is the currency code kept for tests, so that other rows do not count.
    const of = async () =>
      (await getPlatformFigures(ctx)).mrr.find(({ currency }) => currency === 'xts')?.cents ?? 0;
    const before = await of();
    await organizationModel.insertMany([
      row(`${randomUUID()} a`, { currency: 'xts' }),
      row(`${randomUUID()} b`, { currency: 'xts', priceCents: 29_900 }),
    ]);
    expect((await of()) - before).toBe(39_800);
  });

  it('lists who asked for an offer and who waits for a database', async () => {
    const asked = row(`${randomUUID()} asked`, { status: 'requested', plan: 'enterprise' });
    const waiting = {
      ...row(`${randomUUID()} waiting`, { status: 'provisioning' }),
      statusSince: new Date(Date.now() - 3_600_000),
    };
    await organizationModel.insertMany([asked, waiting]);
    expect(await listEnterpriseRequests(ctx)).toContainEqual(
      expect.objectContaining({ id: asked._id.toString(), expectedUsers: 40 }),
    );
    expect(await listBeingSetUp(ctx)).toContainEqual(
      expect.objectContaining({ id: waiting._id.toString(), isStuck: true }),
    );
    await organizationModel.deleteMany({ _id: waiting._id });
  });

  it('shows an organization without its connection string', async () => {
    const file = await getOrganization(ctx, hospital.organizationId);
    expect(file.organization.placement?.databaseName).toBe(hospital.db.name);
    expect(file.owner?.email).toBe(hospital.owner.email);
    expect(file.provisioning?.history.map(({ step }) => step)).toContain('verified');
    const sealed = (await getPlacement(hospital.organizationId)).sealedConnectionString;
    expect(JSON.stringify(file)).not.toContain(sealed);
    expect(JSON.stringify(file)).not.toMatch(/connectionString|passwordHash/);
    await expect(getOrganization(ctx, newObjectId().toString())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(getOrganization(ctx, 'not-an-id')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('measures a database, and says why where there is none', async () => {
    const health = await inspectDatabase(ctx, hospital.organizationId);
    expect(health).toMatchObject({ isReachable: true });
    expect(health.isReachable && health.collections).toBeGreaterThan(3);
    const none = row(`${randomUUID()} no database`);
    await organizationModel.create(none);
    expect(await inspectDatabase(ctx, none._id.toString())).toMatchObject({ isReachable: false });
    const { databases } = await listDatabases(ctx, {});
    for (const { health: answer } of databases) expect(typeof (await answer).isReachable).toBe('boolean');
  });

  it('replays an event at once, and refuses one that says nothing', async () => {
    const id = `evt_${randomUUID().replaceAll('-', '')}`;
    const at = new Date();
    const event = { type: 'invoice.paid', stripeCreatedAt: at, receivedAt: at };
    await stripeEventModel.create([
      { ...event, _id: id, customerId: `cus_${tag}`, outcome: 'failed' as const, error: 'x' },
      { ...event, _id: `${id}b`, outcome: 'ignored' as const },
    ]);
    await jobModel.create({
      kind: 'stripe.event',
      key: id,
      state: 'waiting',
      runAt: new Date(Date.now() + 600_000),
    });

    await replayEvent(ctx, id);
    const waiting = await jobModel.find({ kind: 'stripe.event', key: id }).lean();
    expect(waiting).toHaveLength(1);
    expect(waiting[0]?.runAt.getTime()).toBeLessThanOrEqual(Date.now());
    const { events: listed } = await listStripeEvents(ctx, {});
    expect(listed.find((one) => one.id === id)).toMatchObject({ outcome: 'received', error: null });

    await expect(replayEvent(ctx, `${id}b`)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(replayEvent(ctx, 'evt_unknown')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await jobModel.deleteMany({ key: id });
  });

  it('replays everything that failed, shows what needs a person, and lists differences by an index', async () => {
    const at = new Date();
    const ids = ['a', 'b'].map((letter) => `evt_${randomUUID().replaceAll('-', '')}${letter}`);
    await stripeEventModel.create(
      ids.map((_id, index) => ({
        _id,
        type: 'charge.refunded',
        customerId: `cus_${tag}${index}`,
        outcome: 'failed' as const,
        error: 'out of reach',
        stripeCreatedAt: at,
        receivedAt: at,
      })),
    );
    const before = await getBillingAttention(ctx);
    expect(before.failedEvents).toBeGreaterThanOrEqual(2);
    const { events: listed, failed } = await listStripeEvents(ctx, { kind: 'charge', outcome: 'failed' });
    expect(failed).toBe(before.failedEvents);
    expect(listed.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    expect(listed.every(({ type }) => type.startsWith('charge.'))).toBe(true);

    expect(await replayFailedEvents(ctx)).toBe(before.failedEvents);
    expect((await getBillingAttention(ctx)).failedEvents).toBe(0);
    expect(
      await jobModel.countDocuments({ kind: 'stripe.event', key: op({ $in: ids }), state: 'waiting' }),
    ).toBe(2);
    await jobModel.deleteMany({ key: op({ $in: ids }) });

    const disputed = row(`${randomUUID()} disputed`, {
      billingAlarm: { kind: 'dispute', detail: 'A payment is disputed.', since: at },
    });
    await organizationModel.create(disputed);
    const { alarms } = await getBillingAttention(ctx);
    expect(alarms).toContainEqual(
      expect.objectContaining({ organizationId: disputed._id.toString(), kind: 'dispute' }),
    );

    await reconcileNow(ctx);
    expect(await jobModel.countDocuments({ kind: 'billing.reconcile', state: 'waiting' })).toBe(1);
    await jobModel.deleteMany({ kind: 'billing.reconcile' });
    await billingDriftModel.create({
      runId: tag,
      organizationId: disputed._id,
      field: 'status',
      ours: 'active',
      stripe: 'canceled',
      isRepaired: true,
      at,
    });
    const { drifts } = await listDrifts(ctx, {});
    expect(drifts[0]).toMatchObject({ name: disputed.organizationName, ours: 'active', stripe: 'canceled' });
    const { find } = await findDrifts({});
    expect(JSON.stringify(await find.explain())).not.toMatch(/COLLSCAN|"SORT"/);
  });

  it('tries again only what is being set up, and syncs only what Stripe knows', async () => {
    await expect(retryProvisioning(ctx, hospital.organizationId)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(syncOrganization(ctx, hospital.organizationId)).rejects.toMatchObject({ code: 'CONFLICT' });
    const waiting = row(`${randomUUID()} waiting`, { status: 'provisioning' });
    await organizationModel.create(waiting);
    await retryProvisioning(ctx, waiting._id.toString());
    expect(
      await jobModel.countDocuments({
        kind: 'organization.provision',
        key: waiting._id.toString(),
        state: 'waiting',
      }),
    ).toBe(1);
    await jobModel.deleteMany({ key: waiting._id.toString() });
  });

  it('says that Stripe is out of reach instead of failing', async () => {
    const paying = row(`${randomUUID()} paying`, { stripeCustomerId: `cus_${randomUUID()}` });
    await organizationModel.create(paying);
    await expect(syncOrganization(ctx, paying._id.toString())).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
    });
    const after = await organizationModel.findById(paying._id).lean();
    expect(after?.status).toBe('active');
  });

  it('shows the cells, and closes one to new organizations', async () => {
    const organization = await testOrganization();
    expect(await listCells(ctx)).toContainEqual(expect.objectContaining({ id: 'cell-1', state: 'open' }));
    await openCell(ctx, { cellId: 'cell-1', acceptsNew: 'no' });
    expect(await listCells(ctx)).toContainEqual(expect.objectContaining({ id: 'cell-1', state: 'closed' }));
    const closed = await getForecast(ctx);
    await openCell(ctx, { cellId: 'cell-1', acceptsNew: 'yes' });
    const now = new Date();
    const forecast = await getForecast(ctx, now);
    expect(forecast.came).toBeGreaterThan(0);
    expect(forecast.room).toBeGreaterThan(closed.room ?? Number.POSITIVE_INFINITY);
    expect(forecast.lastsDays).toBe(Math.floor((Number(forecast.room) * 90) / forecast.came));
    const later = new Date('2099-01-01');
    expect(await getForecast(ctx, later)).toMatchObject({ came: 0, lastsDays: null });
    expectIndexed(await findMade(now).explain('executionStats'));
    await expect(openCell(ctx, { cellId: 'cell-99', acceptsNew: 'no' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await organization.dispose();
  });
});
