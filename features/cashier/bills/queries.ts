import 'server-only';
import { notFoundError } from '@/lib/errors';
import { keyset } from '@/lib/keyset';
import { objectId, op } from '@/lib/mongo';
import { hereOnly } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Day } from '@/lib/time';
import { yearRange } from '@/lib/wall-clock';
import { chargesOfVisits } from '../charges/queries';
import type { PricedService } from '../price-list/queries';
import { type Bill, type BillSummary, toBill, toBillSummary } from './dto';
import { billModel } from './model';
import { consultationFor, type FeeState } from './policy';
import type { BillListQuery } from './schema';

const PAGE_SIZE = 25;
const MOST_OF_PATIENT = 50;
const MOST_OF_YEAR = 1_000;
const SUMMARY =
  'kind number day at patientId patient visitId doctorName totalMinor paidMinor creditedMinor payerMinor payerDueMinor dueMinor isCredited byName';

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getBill(ctx: TenantContext, billId: string): Promise<Bill> {
  const row = await billModel(ctx).findById(objectId(billId, 'bill')).lean();
  if (!row) throw notFoundError('bill');
  return toBill(row);
}

/** The find behind a patient's bills, of all years or of one. */
export function findBillsOfPatient(ctx: TenantContext, patientId: string, year?: number) {
  const within = year === undefined ? null : yearRange(year, ctx.timeZone);
  return billModel(ctx)
    .find({
      patientId: objectId(patientId, 'patient'),
      ...(within ? { at: op({ $gte: within.start, $lt: within.end }) } : {}),
    })
    .sort({ at: -1, _id: -1 })
    .limit(within ? MOST_OF_YEAR : MOST_OF_PATIENT)
    .select(SUMMARY);
}

/** A patient's bills and credit notes, newest first; of all years at most 50. */
export async function listBillsOfPatient(
  ctx: TenantContext,
  patientId: string,
  year?: number,
): Promise<BillSummary[]> {
  return (await findBillsOfPatient(ctx, patientId, year).lean()).map(toBillSummary);
}

/** The credit notes of a bill, in order. */
export async function listCreditNotes(ctx: TenantContext, billId: string): Promise<BillSummary[]> {
  const rows = await billModel(ctx)
    .find({ ofBillId: objectId(billId, 'bill') })
    .sort({ at: 1 })
    .limit(MOST_OF_PATIENT)
    .select(SUMMARY)
    .lean();
  return rows.map(toBillSummary);
}

export type BillPage = { bills: BillSummary[]; after: string | null; before: string | null };

const pageOf = (query: BillListQuery) =>
  keyset({ field: 'at', kind: 'date', idKind: 'object-id', direction: -1 }, query, PAGE_SIZE);

/** What `listBills` asks for. */
export function findBills(ctx: TenantContext, query: BillListQuery) {
  const page = pageOf(query);
  const which = query.day ? { day: query.day } : query.show === 'due' ? { isDue: true } : {};
  const wanted = { ...which, ...hereOnly(ctx) };
  return billModel(ctx)
    .find(page.start ? { $and: [wanted, page.filter] } : wanted)
    .sort(page.sort)
    .limit(page.limit)
    .select(SUMMARY);
}

/** A page of the branch's bills, newest first: what is due, or those of a day, or all. */
export async function listBills(ctx: TenantContext, query: BillListQuery): Promise<BillPage> {
  const {
    rows: shown,
    after,
    before,
  } = pageOf(query).toPage(await findBills(ctx, query).lean(), (row) => [
    row.at.toISOString(),
    row._id.toString(),
  ]);
  return { bills: shown.map(toBillSummary), after, before };
}

export type VisitFee = {
  state: FeeState;
  dueMinor: number;
  billId: string | null;
  /** How much was done and is on no bill yet. */
  open: number;
};

/** What each visit has been billed: not all yet, with something due, or paid. */
export async function feesOfVisits(
  ctx: TenantContext,
  visitIds: readonly string[],
): Promise<Map<string, VisitFee>> {
  const [{ open, included }, rows] = await Promise.all([
    chargesOfVisits(ctx, visitIds),
    billModel(ctx)
      .find({ visitId: op({ $in: visitIds.map((one) => objectId(one, 'visit')) }), kind: 'bill' })
      .select('visitId dueMinor isCredited at')
      .lean(),
  ]);
  const fees = new Map<string, VisitFee>();
  for (const row of rows.sort((a, b) => a.at.getTime() - b.at.getTime())) {
    const key = row.visitId?.toString() ?? '';
    if (row.isCredited) continue;
    const known = fees.get(key);
    const dueMinor = (known?.dueMinor ?? 0) + Math.max(row.dueMinor, 0);
    // "Take payment" leads to the first bill with something due; a paid one beside it is not asked for.
    const billId = known && known.dueMinor > 0 ? known.billId : row._id.toString();
    fees.set(key, { state: dueMinor > 0 ? 'due' : 'paid', dueMinor, billId, open: 0 });
  }
  const counted = new Set(rows.map(({ _id }) => _id.toString()));
  const dues = await duesOfBills(ctx, [...new Set(included.values())].filter(Boolean));
  for (const [key, billId] of included) {
    const known = fees.get(key);
    // Bought at this visit, it is among its bills.
    const ofPackage = counted.has(billId) ? 0 : (dues.get(billId) ?? 0);
    const dueMinor = (known?.dueMinor ?? 0) + ofPackage;
    const isKnown = known && (known.dueMinor > 0 || ofPackage === 0);
    fees.set(key, {
      ...{ state: dueMinor > 0 ? 'due' : 'paid', dueMinor, open: 0 },
      billId: isKnown ? known.billId : billId,
    });
  }
  for (const [key, count] of open) {
    const known = fees.get(key) ?? { state: 'to-bill' as const, dueMinor: 0, billId: null };
    // What is due is asked for first; what was done since a paid bill is to be billed.
    fees.set(key, { ...known, state: known.dueMinor > 0 ? 'due' : 'to-bill', open: count });
  }
  return fees;
}

/** What patients owe of some bills. */
async function duesOfBills(ctx: TenantContext, billIds: readonly string[]): Promise<Map<string, number>> {
  if (billIds.length === 0) return new Map();
  const rows = await billModel(ctx)
    .find({ _id: op({ $in: billIds.map((one) => objectId(one, 'bill')) }) })
    .select('dueMinor')
    .lean();
  return new Map(rows.map(({ _id, dueMinor }) => [_id.toString(), Math.max(dueMinor, 0)]));
}

/** What a patient owes over all bills. */
export async function duesOfPatient(ctx: TenantContext, patientId: string): Promise<number> {
  const rows = await billModel(ctx)
    .find({ patientId: objectId(patientId, 'patient'), isDue: true })
    .select('dueMinor')
    .lean();
  return rows.reduce((sum, { dueMinor }) => sum + dueMinor, 0);
}

export type ProposedFee = {
  serviceId: string;
  /** A review within the window of the same doctor. */
  isFree: boolean;
  freeUntil: Day | null;
};

/** What somebody comes for; the id of the visit where there is one. */
export type Coming = {
  patientId: string;
  day: Day;
  doctorId: string | null;
  hasComeBefore: boolean;
  visitId?: string;
};

/**
 * The consultation that a visit is for, out of the price list of its day; null where it has been billed or is
 * in a package, or where the list has none of its kind with a price. Its open charge goes before it.
 */
export async function proposeFee(
  ctx: TenantContext,
  { services, reviewDays }: { services: readonly PricedService[]; reviewDays: number },
  visit: Coming,
): Promise<ProposedFee | null> {
  const { kind, freeUntil, isBilled } = await consultationOf(ctx, visit, reviewDays);
  if (isBilled) return null;
  if (visit.visitId && (await chargesOfVisits(ctx, [visit.visitId])).included.size > 0) return null;
  const service = services.find((one) => one.consultation === kind && one.price);
  return service ? { serviceId: service.id, isFree: freeUntil !== null, freeUntil } : null;
}

/** What a patient comes for, by the bills there are, and whether this very visit has its consultation. */
export async function consultationOf(ctx: TenantContext, visit: Coming, reviewDays: number) {
  const rows = await billModel(ctx)
    .find({ patientId: objectId(visit.patientId, 'patient') })
    .sort({ at: -1, _id: -1 })
    .limit(MOST_OF_PATIENT)
    .select('kind day visitId doctorId lines.consultation lines.isFree lines.quantity lines.creditedQuantity')
    .lean();
  const earlier = rows.flatMap((row) =>
    row.kind === 'bill'
      ? row.lines
          .filter(
            ({ consultation, quantity, creditedQuantity }) => consultation && creditedQuantity < quantity,
          )
          .map(({ isFree }) => ({
            ...{ day: row.day, doctorId: row.doctorId?.toString() ?? null, isFree },
            visitId: row.visitId?.toString(),
          }))
      : [],
  );
  const isBilled = visit.visitId !== undefined && earlier.some(({ visitId }) => visitId === visit.visitId);
  return { ...consultationFor(earlier, visit, reviewDays), isBilled };
}
