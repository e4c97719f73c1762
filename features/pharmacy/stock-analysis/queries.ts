import 'server-only';
import type { Types } from 'mongoose';
import { batchModel, medicineModel, movementModel } from '@/features/pharmacy/medicines/model';
import { groupBy } from '@/lib/group-by';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, dayOf } from '@/lib/time';
import { type AbcClass, abcClasses, USE_DAYS } from './policy';
import type { AnalysisQuery } from './schema';

const DAY_MS = 86_400_000;
const MOST_MEDICINES = 5_000;

type Used = { pieces: number; costMinor: number; lastAt: Date };

/** The find behind the use of a year. */
export const findUse = (ctx: TenantContext, since: Date) =>
  movementModel(ctx)
    .find({ at: op({ $gte: since }), kind: op({ $in: ['dispense' as const, 'return' as const] }) })
    .sort({ at: 1, kind: 1 })
    .select('medicineId kind quantity costMinor at');

/** What was given out of each medicine in a year, without what came back, and when the last time. */
async function usedOf(ctx: TenantContext, now: Date): Promise<Map<string, Used>> {
  const rows = await movementModel(ctx).aggregate<Used & { _id: Types.ObjectId }>([
    {
      $match: {
        at: { $gte: new Date(now.getTime() - USE_DAYS * DAY_MS) },
        kind: { $in: ['dispense', 'return'] },
      },
    },
    {
      $group: {
        _id: '$medicineId',
        pieces: { $sum: { $multiply: ['$quantity', -1] } },
        costMinor: { $sum: { $multiply: [{ $ifNull: ['$costMinor', 0] }, -1] } },
        lastAt: { $max: { $cond: [{ $eq: ['$kind', 'dispense'] }, '$at', null] } },
      },
    },
  ]);
  return new Map(rows.map(({ _id, ...used }) => [_id.toString(), used]));
}

/** The class of each medicine by what its use of a year has cost. */
export async function listAbcClasses(ctx: TenantContext, now = new Date()): Promise<Map<string, AbcClass>> {
  const used = await usedOf(ctx, now);
  return abcClasses(new Map([...used].map(([id, { costMinor }]) => [id, costMinor])));
}

/** When something was given out the last time, of what was not in the year. */
async function lastGiven(ctx: TenantContext, medicineId: string): Promise<Date | null> {
  const row = await movementModel(ctx)
    .findOne({ medicineId: objectId(medicineId, 'medicine'), kind: 'dispense' })
    .sort({ at: -1, _id: -1 })
    .select('at')
    .lean();
  return row?.at ?? null;
}

/**
 * Each medicine with its class, its use and its stock: what ties up most money first. `idle` are those of
 * which something is here and nothing was given out for so many days.
 */
export async function listAnalysis(ctx: TenantContext, { show, days }: AnalysisQuery, now = new Date()) {
  const [medicines, batches, used] = await Promise.all([
    medicineModel(ctx).find({ isActive: true }).sort({ sortName: 1, _id: 1 }).limit(MOST_MEDICINES).lean(),
    batchModel(ctx).find({ hasStock: true }).select('medicineId expiresOn valueMinor').lean(),
    usedOf(ctx, now),
  ]);
  const classes = abcClasses(
    new Map(medicines.map(({ _id }) => [_id.toString(), used.get(_id.toString())?.costMinor ?? 0])),
  );
  const lotsOf = groupBy(batches, ({ medicineId }) => medicineId.toString());
  const rows = medicines.map((medicine) => {
    const id = medicine._id.toString();
    const lots = lotsOf.get(id) ?? [];
    const use = used.get(id);
    const isKnown = lots.every(({ valueMinor }) => typeof valueMinor === 'number');
    return {
      ...{ id, name: [medicine.name, medicine.strength].filter(Boolean).join(' '), unit: medicine.unit },
      abc: classes.get(id) ?? ('C' as const),
      importance: medicine.importance ?? null,
      usedPieces: use?.pieces ?? 0,
      usedMinor: use?.costMinor ?? 0,
      onHand: medicine.onHand,
      valueMinor: isKnown ? lots.reduce((sum, { valueMinor }) => sum + (valueMinor ?? 0), 0) : null,
      nextExpiry: medicine.onHand > 0 ? (medicine.nextExpiry as Day) : null,
      lastAt: use?.lastAt ?? null,
    };
  });
  const since = now.getTime() - days * DAY_MS;
  const shown = rows.filter(({ abc, onHand, lastAt }) => {
    if (show === 'idle') return onHand > 0 && (lastAt?.getTime() ?? 0) < since;
    return show === 'all' || abc === show;
  });
  const dated = await Promise.all(
    shown.map(async ({ lastAt, ...row }) => {
      const at = lastAt ?? (show === 'idle' ? await lastGiven(ctx, row.id) : null);
      return { ...row, lastGivenOn: at ? dayOf(at, ctx.timeZone) : null };
    }),
  );
  const tiedUp = ({ valueMinor }: { valueMinor: number | null }): number => valueMinor ?? -1;
  return dated.sort((a, b) =>
    show === 'idle' ? tiedUp(b) - tiedUp(a) : b.usedMinor - a.usedMinor || tiedUp(b) - tiedUp(a),
  );
}
export type AnalysisRow = Awaited<ReturnType<typeof listAnalysis>>[number];
