import 'server-only';
import type { Types } from 'mongoose';
import { billModel } from '@/features/cashier/bills/model';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, dayRange, type Month, shiftDay, shiftMonth, today } from '@/lib/time';
import { goodsReceiptModel } from '../goods-receipts/model';
import { batchModel, medicineModel, movementModel } from '../medicines/model';

/** The days of a month. */
const daysOf = (month: Month): { from: Day; to: Day } => ({
  from: `${month}-01`,
  to: shiftDay(`${shiftMonth(month, 1)}-01`, -1),
});
const instantsOf = (ctx: TenantContext, month: Month) => ({
  $gte: dayRange(`${month}-01`, ctx.timeZone).start,
  $lt: dayRange(`${shiftMonth(month, 1)}-01`, ctx.timeZone).start,
});

type Out = { _id: Types.ObjectId; pieces: number; costMinor: number; unknown: number };
type Billed = { _id: Types.ObjectId; billedMinor: number };

/** Pieces whose cost nobody knows. */
const UNKNOWN = { $cond: [{ $eq: [{ $type: '$costMinor' }, 'missing'] }, { $abs: '$quantity' }, 0] };

/**
 * What went out of each medicine in a month, without what came back, what it has cost, and what was billed of
 * it before tax. `costMinor` is null where the cost of some of it is not known.
 */
export async function listItemFigures(ctx: TenantContext, month: Month) {
  const { from, to } = daysOf(month);
  const [out, billed] = await Promise.all([
    movementModel(ctx).aggregate<Out>([
      { $match: { at: instantsOf(ctx, month), kind: { $in: ['dispense', 'return'] } } },
      {
        $group: {
          _id: '$medicineId',
          pieces: { $sum: { $multiply: ['$quantity', -1] } },
          costMinor: { $sum: { $multiply: [{ $ifNull: ['$costMinor', 0] }, -1] } },
          unknown: { $sum: UNKNOWN },
        },
      },
    ]),
    billModel(ctx).aggregate<Billed>([
      { $match: { day: { $gte: from, $lte: to } } },
      { $unwind: '$lines' },
      { $match: { 'lines.medicineId': { $exists: true } } },
      { $group: { _id: '$lines.medicineId', billedMinor: { $sum: '$lines.taxableMinor' } } },
    ]),
  ]);
  const ids = [...new Set([...out, ...billed].map(({ _id }) => _id.toString()))];
  const medicines = await medicineModel(ctx)
    .find({ _id: op({ $in: ids.map((id) => objectId(id, 'medicine')) }) })
    .select('name strength unit')
    .lean();
  return medicines
    .map((medicine) => {
      const is = ({ _id }: { _id: Types.ObjectId }) => _id.equals(medicine._id);
      const given = out.find(is);
      const costMinor = given?.unknown ? null : (given?.costMinor ?? 0);
      const billedMinor = billed.find(is)?.billedMinor ?? 0;
      return {
        id: medicine._id.toString(),
        name: [medicine.name, medicine.strength].filter(Boolean).join(' '),
        unit: medicine.unit,
        pieces: given?.pieces ?? 0,
        costMinor,
        billedMinor,
        marginMinor: costMinor === null ? null : billedMinor - costMinor,
      };
    })
    .sort((a, b) => b.billedMinor - a.billedMinor || a.name.localeCompare(b.name));
}
export type ItemFigure = Awaited<ReturnType<typeof listItemFigures>>[number];

/** What was bought of each supplier in a month, by the day on which it was entered. */
export async function listSupplierFigures(ctx: TenantContext, month: Month) {
  const rows = await goodsReceiptModel(ctx).aggregate<{
    _id: Types.ObjectId;
    name: string;
    invoices: number;
    taxableMinor: number;
    taxMinor: number;
    totalMinor: number;
    dueMinor: number;
  }>([
    { $match: { at: instantsOf(ctx, month) } },
    {
      $group: {
        _id: '$supplierId',
        name: { $last: '$supplierName' },
        invoices: { $sum: 1 },
        taxableMinor: { $sum: '$taxableMinor' },
        taxMinor: { $sum: '$taxMinor' },
        totalMinor: { $sum: '$totalMinor' },
        dueMinor: { $sum: '$dueMinor' },
      },
    },
    { $sort: { totalMinor: -1, _id: 1 } },
  ]);
  return rows.map(({ _id, ...row }) => ({ id: _id.toString(), ...row }));
}
export type SupplierFigure = Awaited<ReturnType<typeof listSupplierFigures>>[number];

/**
 * What the lots on the shelf have cost, with what of them is in quarantine, and how much of that has expired.
 * Lots whose cost nobody knows are counted and not valued.
 */
export async function sumStock(ctx: TenantContext) {
  const day = today(ctx.timeZone);
  const [row] = await batchModel(ctx).aggregate<{
    valueMinor: number;
    expiredMinor: number;
    lots: number;
    unknown: number;
  }>([
    { $match: { hasStock: true } },
    {
      $group: {
        _id: null,
        valueMinor: { $sum: { $ifNull: ['$valueMinor', 0] } },
        expiredMinor: {
          $sum: { $cond: [{ $lt: ['$expiresOn', day] }, { $ifNull: ['$valueMinor', 0] }, 0] },
        },
        lots: { $sum: 1 },
        unknown: { $sum: { $cond: [{ $eq: [{ $type: '$valueMinor' }, 'missing'] }, 1, 0] } },
      },
    },
  ]);
  return {
    valueMinor: row?.valueMinor ?? 0,
    expiredMinor: row?.expiredMinor ?? 0,
    lots: row?.lots ?? 0,
    unknown: row?.unknown ?? 0,
  };
}
