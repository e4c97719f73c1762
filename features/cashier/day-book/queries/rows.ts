import 'server-only';
import { objectId, op } from '@/lib/mongo';
import { OBJECT_ID } from '@/lib/object-id';
import { inScope } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { billModel } from '../../bills/model';
import { listExpensesOf } from '../../expenses/queries';
import { receiptModel } from '../../payments/model';
import { settlementModel } from '../../settlements/model';
import { daysOfAge, ROUNDING } from '../policy';
import { type DaySpan, MONEY_REPORTS, type MoneyReport } from '../schema';
import { readTaxKey, taxKeyOf } from './figures';

/** A document behind a figure, with its part of it. */
export type MoneyFigureRow = {
  id: string;
  number: string;
  day: string;
  /** Or who got the money of an expense. */
  patientName: string;
  /** The bill to open; null for an advance. */
  billId: string | null;
  amountMinor: number;
};

/** More than anybody reads; the export has all. */
const MOST_ROWS = 500;

type Filter = Record<string, unknown>;

/** The documents that a figure is the sum of, oldest first. At most `limit`. */
export async function figureRows(
  ctx: TenantContext,
  what: MoneyReport,
  span: DaySpan,
  key: string,
  limit = MOST_ROWS,
): Promise<MoneyFigureRow[]> {
  if (what === 'expenses') {
    const rows = await listExpensesOf(ctx, key, span, limit);
    return rows.map(({ id, number, paidDay, day, payee, amountMinor }) => ({
      ...{ id, number, day: paidDay ?? day, patientName: payee, billId: null, amountMinor },
    }));
  }
  const at = inScope(ctx, span.scope);
  const within = { day: op({ $gte: span.from, $lte: span.to }), ...at };
  if (MONEY_REPORTS[what].of === 'settlements') return settlementRows(ctx, what, key, within, limit);
  return what.startsWith('collection')
    ? receiptRows(ctx, what, key, within, limit)
    : billRows(ctx, what, key, what === 'dues' ? at : within, limit);
}

/** The transfers of one payer, or those with a cut for one reason, with their reversals below zero. */
async function settlementRows(
  ctx: TenantContext,
  what: MoneyReport,
  key: string,
  within: Filter,
  limit: number,
) {
  const payerId = OBJECT_ID.test(key) ? objectId(key) : null;
  const own: Filter =
    what === 'cuts'
      ? { parts: op({ $elemMatch: { reason: key, cutMinor: { $ne: 0 } } }) }
      : what === 'tds'
        ? { payerId, tdsMinor: op({ $ne: 0 }) }
        : { payerId };
  const rows = await settlementModel(ctx)
    .find({ $and: [within, own] })
    .sort(BY_DAY)
    .limit(limit)
    .select('number day payerName amountMinor tdsMinor parts')
    .lean();
  const partOf = (row: (typeof rows)[number]): number =>
    what === 'cuts'
      ? row.parts.reduce((sum, { reason, cutMinor }) => sum + (reason === key ? cutMinor : 0), 0)
      : what === 'tds'
        ? row.tdsMinor
        : row.amountMinor;
  return rows.map(
    (row): MoneyFigureRow => ({
      ...{ id: row._id.toString(), number: row.number, day: row.day, patientName: row.payerName },
      ...{ billId: null, amountMinor: partOf(row) },
    }),
  );
}

async function receiptRows(
  ctx: TenantContext,
  what: MoneyReport,
  key: string,
  within: Filter,
  limit: number,
): Promise<MoneyFigureRow[]> {
  const own: Filter =
    what === 'collection-method'
      ? { 'tenders.method': key }
      : what === 'collection-cashier'
        ? { cashierId: key, moneyMinor: op({ $ne: 0 }) }
        : { day: key, moneyMinor: op({ $ne: 0 }) };
  const rows = await receiptModel(ctx)
    .find({ $and: [within, own] })
    .sort(BY_DAY)
    .limit(limit)
    .select('number day patient billId tenders moneyMinor')
    .lean();
  return rows.map((row) => ({
    id: row._id.toString(),
    number: row.number,
    day: row.day,
    patientName: row.patient.name,
    billId: row.billId?.toString() ?? null,
    amountMinor:
      what === 'collection-method'
        ? row.tenders.reduce((sum, one) => sum + (one.method === key ? one.amountMinor : 0), 0)
        : row.moneyMinor,
  }));
}

/** A line with this very tax: filtered by the question, so that a limit counts what is shown. */
function lineOfTax(key: string): Filter {
  const { hsn, name, rateBp } = readTaxKey(key);
  return { hsn, taxes: { $elemMatch: { name, rateBp } } };
}

/**
 * The order of documents over days, the way their index runs; what is due has an index of its own.
 */
export const BY_DAY = { day: 1, at: 1, _id: 1 } as const;
export const BY_TIME = { at: 1, _id: 1 } as const;

function billFilter(ctx: TenantContext, what: MoneyReport, key: string, within: Filter): Filter {
  const idOf = (text: string) => (OBJECT_ID.test(text) ? objectId(text) : null);
  switch (what) {
    case 'dues': {
      const { from, to } = daysOfAge(key, today(ctx.timeZone));
      return { ...within, isDue: true, day: op({ $gte: from, $lte: to }) };
    }
    case 'revenue-service':
    case 'revenue-group':
      if (key === ROUNDING) return { ...within, roundOffMinor: op({ $ne: 0 }) };
      return what === 'revenue-group'
        ? { ...within, 'lines.group': key }
        : { ...within, $or: [{ 'lines.serviceId': idOf(key) }, { 'lines.medicineId': idOf(key) }] };
    case 'revenue-doctor':
      return key === 'none'
        ? { ...within, doctorId: op({ $exists: false }) }
        : { ...within, doctorId: idOf(key) };
    case 'discounts':
      return {
        ...within,
        discountMinor: op({ $ne: 0 }),
        discountReason: key === 'none' ? op({ $exists: false }) : key,
      };
    case 'taxes':
      return { ...within, lines: op({ $elemMatch: lineOfTax(key) }) };
    default:
      return { $and: [within, { day: key }] };
  }
}

async function billRows(
  ctx: TenantContext,
  what: MoneyReport,
  key: string,
  within: Filter,
  limit: number,
): Promise<MoneyFigureRow[]> {
  const rows = await billModel(ctx)
    .find(billFilter(ctx, what, key, within))
    .sort(what === 'dues' ? BY_TIME : BY_DAY)
    .limit(limit)
    .select('number day patient lines totalMinor roundOffMinor discountMinor dueMinor')
    .lean();
  const partOf = (row: (typeof rows)[number]): number => {
    if (what === 'dues') return row.dueMinor;
    if (what === 'discounts') return row.discountMinor;
    if (what === 'revenue-doctor' || what === 'revenue-day') return row.totalMinor;
    if (key === ROUNDING) return row.roundOffMinor;
    if (what === 'taxes')
      return row.lines.reduce(
        (sum, { hsn, taxes }) =>
          sum +
          taxes.reduce(
            (own, { name, rateBp, amountMinor }) =>
              own + (taxKeyOf({ hsn: hsn ?? '', name, rateBp }) === key ? amountMinor : 0),
            0,
          ),
        0,
      );
    const isOwn = ({ group, serviceId, medicineId }: (typeof row.lines)[number]) =>
      what === 'revenue-group' ? group === key : String(serviceId ?? medicineId) === key;
    return row.lines.reduce((sum, line) => sum + (isOwn(line) ? line.totalMinor : 0), 0);
  };
  return rows.map((row) => ({
    id: row._id.toString(),
    number: row.number,
    day: row.day,
    patientName: row.patient.name,
    billId: row._id.toString(),
    amountMinor: partOf(row),
  }));
}
