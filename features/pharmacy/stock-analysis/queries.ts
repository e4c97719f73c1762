import 'server-only';
import type { Types } from 'mongoose';
import { medicineModel, movementModel } from '@/features/pharmacy/medicines/model';
import { readHere } from '@/features/pharmacy/medicines/queries';
import { readUse, type Use } from '@/features/pharmacy/stock-use/queries';
import { groupBy } from '@/lib/group-by';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, dayOf, shiftDay, today } from '@/lib/time';
import { type AbcClass, abcClasses, USE_DAYS } from './policy';
import type { AnalysisQuery } from './schema';

const DAY_MS = 86_400_000;
const MOST_MEDICINES = 5_000;

/** What was given out of each medicine in a year, without what came back, and when the last time. */
const usedOf = (ctx: TenantContext, now: Date): Promise<Map<string, Use>> =>
  readUse(ctx, shiftDay(today(ctx.timeZone, now), 1 - USE_DAYS), now);

/** Of all that was used, so that each page that asks is told the same. */
const classesOf = (used: ReadonlyMap<string, Use>): Map<string, AbcClass> =>
  abcClasses(new Map([...used].map(([id, { costMinor }]) => [id, costMinor])));

/** The class of each medicine by what its use of a year has cost. */
export const listAbcClasses = async (ctx: TenantContext, now = new Date()): Promise<Map<string, AbcClass>> =>
  classesOf(await usedOf(ctx, now));

/** When something was given out the last time, of what was not in the year. */
async function lastGiven(ctx: TenantContext, ids: readonly string[]): Promise<Map<string, Date>> {
  const rows = await movementModel(ctx).aggregate<{ _id: Types.ObjectId; at: Date }>([
    { $match: { medicineId: { $in: ids.map((one) => objectId(one, 'medicine')) }, kind: 'dispense' } },
    { $group: { _id: '$medicineId', at: { $max: '$at' } } },
  ]);
  return new Map(rows.map(({ _id, at }) => [_id.toString(), at]));
}

/**
 * Each medicine with its class, its use and its stock: what ties up most money first. `idle` are those of
 * which something is here and nothing was given out for so many days.
 */
export async function listAnalysis(ctx: TenantContext, { show, days }: AnalysisQuery, now = new Date()) {
  const [medicines, here, used] = await Promise.all([
    medicineModel(ctx).find({ isActive: true }).sort({ sortName: 1, _id: 1 }).limit(MOST_MEDICINES).lean(),
    readHere(ctx),
    usedOf(ctx, now),
  ]);
  const classes = classesOf(used);
  const lotsOf = groupBy(here, ({ medicineId }) => medicineId.toString());
  const rows = medicines.map((medicine) => {
    const id = medicine._id.toString();
    const lots = lotsOf.get(id) ?? [];
    const use = used.get(id);
    const known = lots.flatMap(({ valueMinor }) => (typeof valueMinor === 'number' ? [valueMinor] : []));
    return {
      ...{ id, name: [medicine.name, medicine.strength].filter(Boolean).join(' '), unit: medicine.unit },
      abc: classes.get(id) ?? ('C' as const),
      importance: medicine.importance ?? null,
      usedPieces: use?.given ?? 0,
      usedMinor: use?.costMinor ?? 0,
      isUsePartlyKnown: (use?.unknown ?? 0) > 0,
      onHand: medicine.onHand,
      /** Of the lots whose cost is known; null where there are lots and none is. */
      valueMinor: lots.length > 0 && known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0),
      unknownLots: lots.length - known.length,
      nextExpiry: medicine.onHand > 0 ? (medicine.nextExpiry as Day) : null,
      lastAt: use?.lastAt ?? null,
    };
  });
  const since = now.getTime() - days * DAY_MS;
  const shown = rows.filter(({ abc, onHand, lastAt }) => {
    if (show === 'idle') return onHand > 0 && (lastAt?.getTime() ?? 0) < since;
    return show === 'all' || abc === show;
  });
  const earlier =
    show === 'idle'
      ? await lastGiven(
          ctx,
          shown.flatMap(({ id, lastAt }) => (lastAt ? [] : [id])),
        )
      : new Map<string, Date>();
  const dated = shown.map(({ lastAt, ...row }) => {
    const at = lastAt ?? earlier.get(row.id) ?? null;
    return { ...row, lastGivenOn: at ? dayOf(at, ctx.timeZone) : null };
  });
  const tiedUp = ({ valueMinor }: { valueMinor: number | null }): number => valueMinor ?? -1;
  return dated.sort((a, b) =>
    show === 'idle' ? tiedUp(b) - tiedUp(a) : b.usedMinor - a.usedMinor || tiedUp(b) - tiedUp(a),
  );
}
export type AnalysisRow = Awaited<ReturnType<typeof listAnalysis>>[number];
