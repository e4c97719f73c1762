import { afterAll, beforeAll, expect, it } from 'vitest';
import { orderModel } from '@/features/record/orders/model';
import { findOrders, listOrders } from '@/features/record/orders/queries';
import { orderListQuery } from '@/features/record/orders/schema';
import { prescriptionModel } from '@/features/record/prescriptions/model';
import { FIRST_BRANCH_ID } from '@/lib/branches';
import { newObjectId } from '@/lib/mongo';
import { storedAt } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aBranch, ctxAt } from '@/tests/builders/branch';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { dispenseModel } from './model';
import { countWaiting, findGivenOut, findWaiting, listGivenOut, listWaiting } from './queries';
import { pharmacyQuery } from './schema';

const BUSY = 60;
const QUIET = 2;
const DAY_MS = 86_400_000;

let org: Awaited<ReturnType<typeof testOrganization>>;
/** Where little happens: the branch that is there from the beginning, and another one. */
let quiet: TenantContext[];
beforeAll(async () => {
  org = await testOrganization({ plan: 'professional' });
  const [busy, other] = [await aBranch(org, 'Hebbal', 'HB'), await aBranch(org, 'Camp', 'CA')];
  for (const [branch, count] of [
    [busy, BUSY],
    [other, QUIET],
    [{ id: FIRST_BRANCH_ID }, QUIET],
  ] as const)
    await fill(org.ctx(), branch, count);
  quiet = await Promise.all([FIRST_BRANCH_ID, other.id].map((id) => ctxAt(org, 'owner', id)));
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

const everyOf = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

/** So many of each kind at a branch: to be done and done, waiting, owed and of before, and handed out. */
async function fill(ctx: TenantContext, branch: { id: string }, count: number): Promise<void> {
  const day = today(ctx.timeZone);
  const common = (at: Date) => ({
    ...storedAt(branch),
    visitId: newObjectId(),
    patientId: newObjectId(),
    day,
    at,
  });
  const now = Date.now();
  const patient = { name: 'Asha Rao', number: 'P-1', sex: 'female', dateOfBirth: '1960-01-01' };
  const orders = ['requested', 'completed'].flatMap((status) =>
    ['investigation', 'procedure'].flatMap((kind) =>
      everyOf(count, (index) => ({
        ...common(new Date(now - index)),
        ...{
          key: newObjectId().toString(),
          patient: { name: patient.name, number: patient.number },
          kind,
          status,
        },
        ...{ what: 'OCT macula', code: 'OCT', side: 'both', urgency: 'routine', rank: 2, isAsked: true },
        ...(status === 'completed' ? { doneAt: new Date(now - index), doneByName: 'Meena' } : {}),
      })),
    ),
  );
  await orderModel(ctx).insertMany(orders);
  const prescriptions = [
    ['waiting', 0],
    ['waiting', 2 * DAY_MS],
    ['partial', 0],
  ] as const;
  await prescriptionModel(ctx).insertMany(
    prescriptions.flatMap(([dispenseStatus, ago]) =>
      everyOf(count, () => {
        const { at, ...rest } = common(new Date(now - ago));
        const key = newObjectId().toString();
        return {
          ...{
            ...rest,
            requestKey: key,
            lastRequestKey: key,
            patient,
            token: 1,
            status: 'active',
            version: 1,
          },
          ...{ content: JSON.stringify({ lines: [] }), savedAt: at, savedByName: 'Dr Rao', signedAt: at },
          ...{ signedById: 'one', signedByName: 'Dr Rao', dispenseStatus },
        };
      }),
    ),
  );
  await dispenseModel(ctx).insertMany(
    everyOf(count, (index) => {
      const { visitId: _, ...rest } = common(new Date(now - index));
      return {
        ...rest,
        requestKey: newObjectId().toString(),
        content: '[]',
        byUserId: 'one',
        byName: 'Ravi',
      };
    }),
  );
}

it('lists the orders of a branch without reading those of a busier one', async () => {
  for (const ctx of quiet)
    for (const show of ['tests', 'procedures', 'completed'] as const) {
      const query = orderListQuery.parse({ show });
      const { orders } = await listOrders(ctx, query);
      expect(orders, `${ctx.branch.name} ${show}`).toHaveLength(show === 'completed' ? 2 * QUIET : QUIET);
      expectIndexed(await findOrders(ctx, query).explain('executionStats'));
    }
});

it('so it does with who waits at its pharmacy, and with what was handed out there', async () => {
  for (const ctx of quiet) {
    for (const show of ['waiting', 'earlier', 'owed'] as const) {
      const query = pharmacyQuery.parse({ show });
      expect((await listWaiting(ctx, query)).waiting, `${ctx.branch.name} ${show}`).toHaveLength(QUIET);
      expectIndexed(await findWaiting(ctx, query).find.explain('executionStats'));
    }
    expect(await countWaiting(ctx)).toEqual({ waiting: QUIET, owed: QUIET });
    const given = pharmacyQuery.parse({ show: 'given' });
    expect((await listGivenOut(ctx, given)).given).toHaveLength(QUIET);
    expectIndexed(await findGivenOut(ctx, given).find.explain('executionStats'));
  }
});
