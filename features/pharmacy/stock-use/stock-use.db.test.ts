import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { movementModel } from '@/features/pharmacy/medicines/model';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { dayOf, shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { stockMonthModel, stockMonthStateModel } from './model';
import type { DayUse } from './policy';
import { findMonths, readStretch, readUse } from './queries';
import { findMovedIn, rollUpUse, UNREAD_MS } from './roll-up';

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: TenantContext;
beforeAll(async () => {
  org = await testOrganization();
  ctx = org.ctx();
});
beforeEach(forget);
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

async function forget(): Promise<void> {
  for (const model of [movementModel(ctx), stockMonthModel(ctx), stockMonthStateModel(ctx)])
    await model.collection.deleteMany({});
}

const MEDICINES = ['a', 'b', 'c'].map((digit) => digit.repeat(24));
const NOW = new Date('2026-11-30T12:00:00Z');
const HOUR = 3_600_000;

type Move = { medicine: number; hoursAgo: number; kind: 'dispense' | 'return' | 'receipt' | 'disposal' } & {
  pieces: number;
  costMinor: number | null;
  isQuarantined: boolean;
};
const move: fc.Arbitrary<Move> = fc.record({
  medicine: fc.integer({ min: 0, max: MEDICINES.length - 1 }),
  hoursAgo: fc.oneof(fc.integer({ min: 0, max: 400 * 24 }), fc.integer({ min: 0, max: 20 })),
  kind: fc.constantFrom('dispense', 'return', 'receipt', 'disposal'),
  pieces: fc.integer({ min: 1, max: 9 }),
  costMinor: fc.option(fc.integer({ min: 0, max: 5_000 })),
  isQuarantined: fc.boolean(),
});

/** A life as a ledger: what is on hand after each row is what was before it and what moved on the shelf. */
function ledgerOf(moves: readonly Move[]) {
  const onHand = MEDICINES.map(() => 0);
  return [...moves]
    .sort((x, y) => y.hoursAgo - x.hoursAgo)
    .map(({ medicine, hoursAgo, kind, pieces, costMinor, isQuarantined }) => {
      const isOut = kind === 'dispense' || kind === 'disposal';
      const isElsewhere = isQuarantined && kind === 'return';
      const had = onHand[medicine] ?? 0;
      const quantity = isOut ? 0 - Math.min(pieces, had) : pieces;
      if (!isElsewhere) onHand[medicine] = had + quantity;
      return {
        ...{ _id: newObjectId(), medicineId: objectId(MEDICINES[medicine] ?? ''), kind, quantity },
        ...(isElsewhere ? { place: 'quarantine' } : {}),
        ...(costMinor === null ? {} : { costMinor: Math.sign(quantity) * costMinor }),
        ...{ onHandAfter: onHand[medicine] ?? 0, at: new Date(NOW.getTime() - hoursAgo * HOUR) },
      };
    });
}
type Row = ReturnType<typeof ledgerOf>[number];

/** The same by somebody who has never heard of months. */
function plainly(rows: readonly Row[], from: string) {
  const inside = rows.filter(({ at }) => dayOf(at, ctx.timeZone) >= from);
  const sums = new Map<string, { given: number; costMinor: number; unknown: number; lastAt: Date | null }>();
  const days = new Map<string, Map<string, DayUse>>();
  for (const row of inside) {
    const id = row.medicineId.toString();
    const isUse = row.kind === 'dispense' || row.kind === 'return';
    const of = sums.get(id) ?? { given: 0, costMinor: 0, unknown: 0, lastAt: null };
    const costMinor = 'costMinor' in row ? (row.costMinor as number) : null;
    if (isUse) {
      of.given -= row.quantity;
      of.costMinor -= costMinor ?? 0;
      of.unknown += costMinor === null ? 1 : 0;
    }
    if (row.kind === 'dispense') of.lastAt = row.at;
    sums.set(id, of);
    const day = dayOf(row.at, ctx.timeZone);
    const own = days.get(id) ?? new Map<string, DayUse>();
    days.set(id, own);
    const before = row.onHandAfter - ('place' in row ? 0 : row.quantity);
    const known = own.get(day) ?? { given: 0, costMinor: 0, unknown: 0, before, after: 0, most: 0 };
    own.set(day, {
      given: known.given - (isUse ? row.quantity : 0),
      costMinor: known.costMinor - (isUse ? (costMinor ?? 0) : 0),
      unknown: known.unknown + (isUse && costMinor === null ? 1 : 0),
      before: known.before,
      after: row.onHandAfter,
      most: Math.max(known.most, row.onHandAfter, before),
    });
  }
  return { sums, days };
}
/** A stretch up to now by somebody who goes through each of its days. */
function dayByDay(moved: ReadonlyMap<string, DayUse>, from: string, onHandNow: number) {
  const [first] = [...moved.keys()].sort();
  let onHand = moved.get(first ?? '')?.before ?? onHandNow;
  const sum = { given: 0, daysThere: 0 };
  for (let day = from; day <= today(ctx.timeZone, NOW); day = shiftDay(day, 1)) {
    const one = moved.get(day);
    if (Math.max(onHand, one?.most ?? 0) > 0) sum.daysThere += 1;
    sum.given += one?.given ?? 0;
    onHand = one?.after ?? onHand;
  }
  return sum;
}

/** Without the sign of a zero, and in one order. */
const sorted = (value: unknown): unknown =>
  value instanceof Map
    ? [...value].sort(([x], [y]) => String(x).localeCompare(String(y))).map(([key, of]) => [key, sorted(of)])
    : JSON.parse(JSON.stringify(value));

it('is the ledger, for any life of medicines, from any day on, and however often it was rolled up', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(move, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 0, max: 364 }),
      // Also within the last hours: of today a part is kept.
      fc.array(fc.oneof(fc.integer({ min: 24, max: 7_200 }), fc.integer({ min: 0, max: 20 })), {
        maxLength: 4,
      }),
      async (moves, daysBack, earlier) => {
        await forget();
        const rows = ledgerOf(moves);
        // The ledger grows, and is rolled up now and then while it does.
        let done = 0;
        for (const hoursAgo of [...earlier].sort((x, y) => y - x)) {
          const then = new Date(NOW.getTime() - hoursAgo * HOUR);
          const upTo = rows.filter(({ at }) => at <= then).length;
          if (upTo > done) await movementModel(ctx).collection.insertMany(rows.slice(done, upTo) as never);
          done = Math.max(done, upTo);
          await rollUpUse(ctx, then);
        }
        if (rows.length > done) await movementModel(ctx).collection.insertMany(rows.slice(done) as never);
        const from = shiftDay(today(ctx.timeZone, NOW), 0 - daysBack);
        const plain = plainly(rows, from);
        expect(sorted(await readUse(ctx, from, NOW))).toEqual(sorted(plain.sums));
        const stretch = await readStretch(ctx, from, NOW);
        for (const id of MEDICINES) {
          const onHand =
            rows.filter(({ medicineId }) => medicineId.toString() === id).at(-1)?.onHandAfter ?? 0;
          expect(stretch(id, onHand)).toEqual(dayByDay(plain.days.get(id) ?? new Map(), from, onHand));
        }
      },
    ),
    { numRuns: 25 },
  );
});

it('is the same whoever rolls up at the same moment, and by another clock', async () => {
  const rows = ledgerOf(
    Array.from({ length: 40 }, (_, index) => ({
      ...{ medicine: index % 3, hoursAgo: index * 200, pieces: 5, costMinor: 100, isQuarantined: false },
      kind: index % 4 === 3 ? ('receipt' as const) : ('dispense' as const),
    })),
  );
  await movementModel(ctx).collection.insertMany(rows as never);
  const from = shiftDay(today(ctx.timeZone, NOW), -364);
  const days = [0, 1, 2, 40].map((daysAgo) => new Date(NOW.getTime() - daysAgo * 24 * HOUR));
  await Promise.all(days.map((then) => rollUpUse(ctx, then)));
  expect(sorted(await readUse(ctx, from, NOW))).toEqual(sorted(plainly(rows, from).sums));
  const moved = { ...ctx, timeZone: 'America/Los_Angeles' };
  await rollUpUse(moved, NOW);
  expect(await stockMonthStateModel(ctx).findById('use').lean()).toMatchObject({
    timeZone: 'America/Los_Angeles',
  });
  expect(sorted(await readUse(ctx, from, NOW))).toEqual(sorted(plainly(rows, from).sums));
});

it('counts once more what says less than it should', async () => {
  const rows = ledgerOf([
    { medicine: 0, hoursAgo: 24 * 70, kind: 'receipt', pieces: 9, costMinor: 900, isQuarantined: false },
    { medicine: 0, hoursAgo: 24 * 60, kind: 'dispense', pieces: 9, costMinor: 900, isQuarantined: false },
  ]);
  await movementModel(ctx).collection.insertMany(rows as never);
  await rollUpUse(ctx, NOW);
  await stockMonthModel(ctx).collection.updateMany({}, { $unset: { before: 1, after: 1, daysThere: 1 } });
  await stockMonthStateModel(ctx).collection.updateMany({}, { $unset: { shape: 1 } });
  const stretch = await readStretch(ctx, shiftDay(today(ctx.timeZone, NOW), -89), NOW);
  expect(stretch(MEDICINES[0] ?? '', 0)).toEqual({ given: 9, daysThere: 11 });
});

it('reads of today what has moved since somebody asked, and not all of it each time', async () => {
  const rows = ledgerOf(
    Array.from({ length: 10 }, (_, index) => ({
      ...{ medicine: 0, hoursAgo: index, pieces: 1, costMinor: 100, isQuarantined: false },
      kind: index === 9 ? ('receipt' as const) : ('dispense' as const),
    })),
  );
  await movementModel(ctx).collection.insertMany(rows as never);
  const { part } = await rollUpUse(ctx, NOW);
  expect(part?.until).toEqual(new Date(NOW.getTime() - 600_000));
  // Within the half hour nobody counts again what is counted; then somebody does.
  const soon = new Date(NOW.getTime() + UNREAD_MS - 1);
  expect((await rollUpUse(ctx, soon)).part).toEqual(part);
  expect((await rollUpUse(ctx, new Date(soon.getTime() + 1))).part?.until).not.toEqual(part?.until);
  const day = today(ctx.timeZone, NOW);
  expect(sorted(await readUse(ctx, day, soon))).toEqual(sorted(plainly(rows, day).sums));
  // The day after the part is gone into the month.
  const tomorrow = new Date(NOW.getTime() + 24 * HOUR);
  expect((await rollUpUse(ctx, tomorrow)).part?.rows).toEqual([]);
  expect(sorted(await readUse(ctx, day, tomorrow))).toEqual(sorted(plainly(rows, day).sums));
});

it('asks by index', async () => {
  expectIndexed(await findMonths(ctx, '2026-01', '9999-12').explain('executionStats'));
  const november = { start: new Date('2026-11-01'), end: new Date('2026-12-01') };
  expectIndexed(await findMovedIn(ctx, november).explain('executionStats'));
});
