import 'server-only';
import { listColleaguesWho } from '@/features/cashier/bills/approval';
import { batchModel, medicineModel } from '@/features/pharmacy/medicines/model';
import { piecesIn } from '@/features/pharmacy/stores/policy';
import { findLotsIn } from '@/features/pharmacy/transfers/queries';
import { notFoundError } from '@/lib/errors';
import { keyset } from '@/lib/keyset';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Stocktake, toStocktake } from './dto';
import { stocktakeCountModel, stocktakeModel } from './model';
import { differenceValue, piecesOf } from './policy';
import type { StocktakesQuery } from './schema';

const PAGE_SIZE = 25;

/** The find behind a page of the list; apart from it so that a test can ask how it is answered. */
export function findStocktakes(ctx: TenantContext, query: StocktakesQuery) {
  const order = { field: 'at', kind: 'date', idKind: 'object-id', direction: -1 } as const;
  const page = keyset(order, query, PAGE_SIZE);
  return { page, find: stocktakeModel(ctx).find(page.filter).sort(page.sort).limit(page.limit) };
}

/** Stocktakes, newest first; 25 a page. */
export async function listStocktakes(ctx: TenantContext, query: StocktakesQuery) {
  const { page, find } = findStocktakes(ctx, query);
  const { rows, before, after } = page.toPage(await find.lean(), (row) => [
    row.at.toISOString(),
    row._id.toString(),
  ]);
  return { stocktakes: rows.map(toStocktake), before, after };
}

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getStocktake(ctx: TenantContext, stocktakeId: string): Promise<Stocktake> {
  const row = await stocktakeModel(ctx).findById(objectId(stocktakeId, 'stocktake')).lean();
  if (!row) throw notFoundError('stocktake');
  return toStocktake(row);
}

/** The find behind what was counted. */
export const findCounts = (ctx: TenantContext, stocktakeId: string) =>
  stocktakeCountModel(ctx).find({ stocktakeId: objectId(stocktakeId, 'stocktake') });

const actorIdOf = (ctx: TenantContext): string => (ctx.actor.kind === 'staff' ? ctx.actor.userId : 'system');

/** The lots of a stocktake with what was counted of them, and their medicines. */
async function readLines(ctx: TenantContext, { id, storeId, form }: Stocktake) {
  const [counts, inStore] = await Promise.all([findCounts(ctx, id).lean(), findLotsIn(ctx, storeId).lean()]);
  const here = inStore.filter((lot) => piecesIn(lot, storeId) > 0).map(({ _id }) => _id.toString());
  const ids = new Set([...here, ...counts.map(({ batchId }) => batchId.toString())]);
  const lots = await batchModel(ctx)
    .find({ _id: op({ $in: [...ids].map((one) => objectId(one, 'lot')) }) })
    .lean();
  const medicines = await medicineModel(ctx)
    .find({ _id: op({ $in: lots.map(({ medicineId }) => medicineId) }) })
    .select('name strength unit sortName form')
    .lean();
  const byId = new Map(medicines.map((medicine) => [medicine._id.toString(), medicine]));
  const countOf = new Map(counts.map((count) => [count.batchId.toString(), count]));
  return lots
    .flatMap((lot) => {
      const medicine = byId.get(lot.medicineId.toString());
      const count = countOf.get(lot._id.toString()) ?? null;
      if (!medicine || (form && medicine.form !== form && !count)) return [];
      return [{ lot, medicine, count }];
    })
    .sort(
      (a, b) =>
        a.medicine.sortName.localeCompare(b.medicine.sortName) ||
        a.lot.expiresOn.localeCompare(b.lot.expiresOn),
    );
}
type Line = Awaited<ReturnType<typeof readLines>>[number];

const toCountLine = ({ lot, medicine, count }: Line, me: string) => ({
  batchId: lot._id.toString(),
  name: [medicine.name, medicine.strength].filter(Boolean).join(' '),
  unit: medicine.unit,
  lotNumber: lot.lotNumber,
  expiresOn: lot.expiresOn,
  counted: count?.counted ?? null,
  countedByName: count?.byName ?? null,
  isMine: count?.byUserId === me,
  version: count?.version ?? 0,
});
export type CountLine = ReturnType<typeof toCountLine>;

/** What is to be counted, and what was: never what should be there. @throws AppError NOT_FOUND. */
export const listSheet = async (ctx: TenantContext, stocktake: Stocktake): Promise<CountLine[]> =>
  (await readLines(ctx, stocktake)).map((line) => toCountLine(line, actorIdOf(ctx)));

/** What was counted beside what should have been there, and who has counted. For who approves. */
export async function listDifferences(ctx: TenantContext, stocktake: Stocktake) {
  const me = actorIdOf(ctx);
  const lines = await readLines(ctx, stocktake);
  const compared = lines.flatMap(({ lot, medicine, count }) => {
    if (!count) return [];
    const difference = count.counted - count.expected;
    return [
      {
        ...toCountLine({ lot, medicine, count }, me),
        expected: count.expected,
        difference,
        valueMinor:
          stocktake.state === 'approved' && difference !== 0
            ? (count.worthMinor ?? null)
            : differenceValue(difference, { pieces: piecesOf(lot), valueMinor: lot.valueMinor ?? null }),
        at: count.at.toISOString(),
      },
    ];
  });
  return {
    compared,
    // Of one that is over nobody knows any more: what is here now has come and gone since.
    uncounted:
      stocktake.state === 'submitted'
        ? lines.filter(({ count }) => !count).map((line) => toCountLine(line, me))
        : [],
    /** Whether who asks has counted some of it, and so does not approve it. */
    hasCounted: stocktake.submittedById === me || lines.some(({ count }) => count?.byUserId === me),
  };
}

/** Who may approve beside the person who asks, by name: of nobody's own count, where there is somebody. */
export const listOthersToApprove = (ctx: TenantContext) =>
  listColleaguesWho(ctx, 'stocktake-approvals:write');
