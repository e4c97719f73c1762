import 'server-only';
import type { Types } from 'mongoose';
import { billModel } from '@/features/cashier/bills/model';
import { groupBy } from '@/lib/group-by';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, type Month, shiftDay, shiftMonth, today } from '@/lib/time';
import { dayRange } from '@/lib/wall-clock';
import { goodsReceiptModel } from '../goods-receipts/model';
import { medicineModel, movementModel } from '../medicines/model';
import { readHere } from '../medicines/queries';
import { MOVES, type OffShelf } from '../medicines/schema';
import { listStores } from '../stores/queries';
import { supplierReturnModel } from '../supplier-returns/model';
import { type PlaceValue, valueByPlace } from './policy';

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
        invoices: { $sum: { $cond: ['$isDebitNote', 0, 1] } },
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
 * The tax of what was bought in a month, by its rate and by the day on which it was entered. What suppliers
 * charged more or credited without goods has its tax said as a sum. `claimedMinor` is null where nobody says.
 */
export async function listPurchaseTaxes(ctx: TenantContext, month: Month) {
  const at = instantsOf(ctx, month);
  const [rates, debits, credits] = await Promise.all([
    goodsReceiptModel(ctx).aggregate<{
      _id: number;
      taxableMinor: number;
      taxMinor: number;
      claimedMinor: number;
    }>([
      { $match: { at } },
      { $unwind: '$lines' },
      {
        $group: {
          _id: '$lines.taxBp',
          taxableMinor: { $sum: '$lines.taxableMinor' },
          taxMinor: { $sum: '$lines.taxMinor' },
          claimedMinor: { $sum: { $cond: ['$isTaxClaimed', '$lines.taxMinor', 0] } },
        },
      },
      { $sort: { _id: 1 } },
    ]),
    goodsReceiptModel(ctx).aggregate<{ taxableMinor: number; taxMinor: number }>([
      { $match: { at, isDebitNote: true } },
      { $group: { _id: null, taxableMinor: { $sum: '$taxableMinor' }, taxMinor: { $sum: '$taxMinor' } } },
    ]),
    supplierReturnModel(ctx).aggregate<{ creditedMinor: number; taxMinor: number }>([
      { $match: { at, state: 'credited', lines: { $size: 0 } } },
      {
        $group: {
          _id: null,
          creditedMinor: { $sum: '$creditedMinor' },
          taxMinor: { $sum: { $ifNull: ['$creditedTaxMinor', 0] } },
        },
      },
    ]),
  ]);
  return [
    ...rates.map(({ _id, ...row }) => ({ what: `Invoices, ${_id / 100} %`, ...row })),
    ...debits.map(({ taxableMinor, taxMinor }) => ({
      ...{ what: 'Debit notes', taxableMinor, taxMinor, claimedMinor: null },
    })),
    ...credits.map(({ creditedMinor, taxMinor }) => ({
      what: 'Credit notes without goods',
      ...{ taxableMinor: taxMinor - creditedMinor, taxMinor: 0 - taxMinor, claimedMinor: null },
    })),
  ];
}
export type PurchaseTax = Awaited<ReturnType<typeof listPurchaseTaxes>>[number];

/** The stores, and what stands in each, in quarantine and on its way, with what it has cost. */
export async function readStoreValues(ctx: TenantContext) {
  const [stores, lots] = await Promise.all([listStores(ctx), readHere(ctx)]);
  return { stores, values: placesOf(stores, lots) };
}

function placesOf(
  stores: readonly NamedStore[],
  lots: Parameters<typeof valueByPlace>[0],
): (PlaceValue & { name: string })[] {
  const names = new Map(stores.map(({ id, name }) => [id, name]));
  return valueByPlace(lots, [...names.keys()]).map((value) => {
    const store = names.get(value.storeId ?? '') ?? '';
    if (value.kind === 'shelf') return { ...value, name: store };
    if (value.kind === 'transit') return { ...value, name: 'In transit' };
    return { ...value, name: stores.length > 1 ? `In quarantine, ${store}` : 'In quarantine' };
  });
}
type NamedStore = { id: string; name: string };
export type StoreValue = Awaited<ReturnType<typeof readStoreValues>>['values'][number];

/**
 * What the lots that are here have cost, with what of them is in quarantine or on its way, and how much of
 * that has expired. Lots whose cost nobody knows are counted and not valued.
 */
export async function sumStock(ctx: TenantContext) {
  const day = today(ctx.timeZone);
  const lots = await readHere(ctx);
  const sum = (some: typeof lots) => some.reduce((total, { valueMinor }) => total + (valueMinor ?? 0), 0);
  return {
    valueMinor: sum(lots),
    expiredMinor: sum(lots.filter(({ expiresOn }) => expiresOn < day)),
    lots: lots.length,
    unknown: lots.filter(({ valueMinor }) => typeof valueMinor !== 'number').length,
  };
}

type PartOn = {
  _id: { medicineId: Types.ObjectId; batchId: Types.ObjectId; place?: OffShelf; storeId?: Types.ObjectId };
  pieces: number;
  costMinor: number;
  unknown: number;
};

/** The find behind the lots of which something moved since a moment. */
export const findMovedSince = (ctx: TenantContext, since: Date) =>
  movementModel(ctx)
    .find({ at: op({ $gte: since }) })
    .select('batchId');

/** The find behind what had become of some lots by a moment. */
export const findMovesOf = (ctx: TenantContext, batchIds: readonly Types.ObjectId[], until: Date) =>
  movementModel(ctx).find({ batchId: op({ $in: [...batchIds] }), at: op({ $lt: until }) });

/**
 * What was where at the end of a day, lot by lot, out of the ledger and nothing else. Read are the lots that
 * can have been there: those that are here, and those that have moved since.
 */
async function readLotsOn(ctx: TenantContext, day: Day) {
  const { end } = dayRange(day, ctx.timeZone);
  const [here, moved] = await Promise.all([
    readHere(ctx),
    movementModel(ctx).aggregate<{ _id: Types.ObjectId }>([
      { $match: findMovedSince(ctx, end).getFilter() },
      { $group: { _id: '$batchId' } },
    ]),
  ]);
  const lots = new Map([...here, ...moved].map(({ _id }) => [_id.toString(), _id]));
  const parts = await movementModel(ctx).aggregate<PartOn>([
    { $match: findMovesOf(ctx, [...lots.values()], end).getFilter() },
    {
      $group: {
        _id: { medicineId: '$medicineId', batchId: '$batchId', place: '$place', storeId: '$storeId' },
        pieces: { $sum: '$quantity' },
        costMinor: { $sum: { $ifNull: ['$costMinor', 0] } },
        // From one place to the other nothing is gained or lost.
        unknown: { $sum: { $cond: [{ $in: ['$kind', [...MOVES]] }, 0, UNKNOWN] } },
      },
    },
  ]);
  return [...groupBy(parts, ({ _id }) => _id.batchId.toString()).values()].flatMap((ofLot) => {
    const sum = (some: readonly PartOn[]) => some.reduce((all, { pieces }) => all + pieces, 0);
    const at = (place: OffShelf) => sum(ofLot.filter(({ _id }) => _id.place === place));
    const onShelves = ofLot.filter(({ _id }) => !_id.place);
    const [first] = ofLot;
    if (!first || sum(ofLot) <= 0) return [];
    const isKnown = ofLot.every(({ unknown }) => unknown === 0);
    return [
      {
        medicineId: first._id.medicineId,
        pieces: sum(ofLot),
        quantity: sum(onShelves),
        elsewhere: elsewhereOf(onShelves),
        ...{ quarantine: at('quarantine'), transit: at('transit') },
        quarantineElsewhere: elsewhereOf(ofLot.filter(({ _id }) => _id.place === 'quarantine')),
        valueMinor: isKnown ? ofLot.reduce((all, { costMinor }) => all + costMinor, 0) : null,
      },
    ];
  });
}
const elsewhereOf = (parts: readonly PartOn[]) =>
  parts.flatMap(({ _id: { storeId }, pieces: quantity }) => (storeId ? [{ storeId, quantity }] : []));
type LotOn = Awaited<ReturnType<typeof readLotsOn>>[number];

/**
 * What was there at the end of a day and what it had cost, by place and by medicine: what was in quarantine
 * or on its way counts. `valueMinor` is null where the cost of some of a lot was never known.
 */
export async function readStockOn(ctx: TenantContext, day: Day) {
  const [stores, lots] = await Promise.all([listStores(ctx), readLotsOn(ctx, day)]);
  return { medicines: await stockByMedicine(ctx, lots), places: placesOf(stores, lots) };
}

export const listStockOn = async (ctx: TenantContext, day: Day): Promise<StockFigure[]> =>
  stockByMedicine(ctx, await readLotsOn(ctx, day));

async function stockByMedicine(ctx: TenantContext, lots: readonly LotOn[]) {
  const medicines = await medicineModel(ctx)
    .find({ _id: op({ $in: lots.map(({ medicineId }) => medicineId) }) })
    .select('name strength unit')
    .lean();
  const lotsOf = groupBy(lots, ({ medicineId }) => medicineId.toString());
  return medicines
    .map((medicine) => {
      const own = lotsOf.get(medicine._id.toString()) ?? [];
      return {
        id: medicine._id.toString(),
        name: [medicine.name, medicine.strength].filter(Boolean).join(' '),
        unit: medicine.unit,
        lots: own.length,
        pieces: own.reduce((sum, { pieces }) => sum + pieces, 0),
        valueMinor: own.reduce<number | null>(
          (sum, { valueMinor }) => (sum === null || valueMinor === null ? null : sum + valueMinor),
          0,
        ),
      };
    })
    .sort((a, b) => (b.valueMinor ?? -1) - (a.valueMinor ?? -1) || a.name.localeCompare(b.name));
}
export type StockFigure = Awaited<ReturnType<typeof stockByMedicine>>[number];

/** What was thrown away in a month, and why: expired, broken, recalled. Costs as `listItemFigures`. */
export async function listDisposalFigures(ctx: TenantContext, month: Month) {
  const rows = await movementModel(ctx).aggregate<{
    _id: { medicineId: Types.ObjectId; reason: string };
    pieces: number;
    costMinor: number;
    unknown: number;
  }>([
    { $match: { at: instantsOf(ctx, month), kind: 'disposal' } },
    {
      $group: {
        _id: { medicineId: '$medicineId', reason: { $ifNull: ['$reason', ''] } },
        pieces: { $sum: { $multiply: ['$quantity', -1] } },
        costMinor: { $sum: { $multiply: [{ $ifNull: ['$costMinor', 0] }, -1] } },
        unknown: { $sum: UNKNOWN },
      },
    },
  ]);
  const medicines = await medicineModel(ctx)
    .find({ _id: op({ $in: rows.map(({ _id }) => _id.medicineId) }) })
    .select('name strength unit')
    .lean();
  return rows
    .flatMap(({ _id, pieces, costMinor, unknown }) => {
      const medicine = medicines.find((one) => one._id.equals(_id.medicineId));
      if (!medicine) return [];
      return [
        {
          id: medicine._id.toString(),
          name: [medicine.name, medicine.strength].filter(Boolean).join(' '),
          unit: medicine.unit,
          reason: _id.reason,
          pieces,
          costMinor: unknown > 0 ? null : costMinor,
        },
      ];
    })
    .sort((a, b) => (b.costMinor ?? -1) - (a.costMinor ?? -1) || a.name.localeCompare(b.name));
}
export type DisposalFigure = Awaited<ReturnType<typeof listDisposalFigures>>[number];
