import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { keyset } from '@/lib/keyset';
import { objectId, op } from '@/lib/mongo';
import { hereOnly } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Day } from '@/lib/time';
import { type Charge, toCharge } from './dto';
import { chargeModel } from './model';
import type { ChargeSource } from './policy';
import type { ChargeListQuery } from './schema';

const PAGE_SIZE = 25;
/** As many as a bill has lines. */
const MOST_OF_PATIENT = 60;
/** The page says "99+" from here on: who wants to know looks at the list. */
const MOST_COUNTED = 100;

/** What of a patient is to be billed, in order. At most 60. */
export async function listOpenCharges(ctx: TenantContext, patientId: string): Promise<Charge[]> {
  const rows = await chargeModel(ctx)
    .find({ patientId: objectId(patientId, 'patient'), status: 'open' })
    .sort({ at: 1, _id: 1 })
    .limit(MOST_OF_PATIENT)
    .lean();
  return rows.map(toCharge);
}

/** What was done for a patient on a day and is to be billed or on this bill, in order; of its transaction. */
export async function listDoneOn(
  ctx: TenantContext,
  { patientId, day, billId }: { patientId: Types.ObjectId; day: Day; billId: Types.ObjectId },
  session: ClientSession,
): Promise<Charge[]> {
  const rows = await chargeModel(ctx)
    .find({ patientId, status: op({ $in: ['open', 'billed'] as const }), day })
    .sort({ at: 1, _id: 1 })
    .session(session)
    .lean();
  return rows.filter((row) => row.status === 'open' || row.billId?.equals(billId)).map(toCharge);
}

/** Charges by id, read in the transaction that bills them. */
export async function readCharges(
  ctx: TenantContext,
  chargeIds: readonly string[],
  session?: ClientSession,
): Promise<Map<string, Charge>> {
  if (chargeIds.length === 0) return new Map();
  const rows = await chargeModel(ctx)
    .find({ _id: op({ $in: chargeIds.map((one) => objectId(one, 'charge')) }) })
    .session(session ?? null)
    .lean();
  return new Map(rows.map((row) => [row._id.toString(), toCharge(row)]));
}

/** What a dispense has led to, by its source; read in the transaction that bills it. */
export async function chargesOfDispense(
  ctx: TenantContext,
  dispenseId: Types.ObjectId,
  session: ClientSession,
): Promise<Map<string, Charge>> {
  const rows = await chargeModel(ctx).find({ dispenseId }).session(session).lean();
  return new Map(rows.map((row) => [row.sourceKey, toCharge(row)]));
}

/** The charges that one kind of source has led to at a visit, whatever became of them. */
export async function listChargesOfVisit(
  ctx: TenantContext,
  visitId: string,
  source: ChargeSource,
  session: ClientSession,
): Promise<{ key: string }[]> {
  const rows = await chargeModel(ctx)
    .find({ visitId: objectId(visitId, 'visit'), source })
    .select('sourceKey')
    .session(session)
    .lean();
  return rows.map((row) => ({ key: row.sourceKey }));
}

/** Whether a source has its charge: one to be billed, on a bill, or included in a package. */
export async function isCharged(ctx: TenantContext, key: string, session?: ClientSession): Promise<boolean> {
  const live = { sourceKey: key, status: op({ $in: ['open', 'billed', 'included'] as const }) };
  return Boolean(
    await chargeModel(ctx)
      .exists(live)
      .session(session ?? null),
  );
}

/** Whether a visit is known to be somebody else's, by what was done for them in it. */
export async function isVisitOfOther(
  ctx: TenantContext,
  { visitId, patientId }: { visitId: string; patientId: string },
  session: ClientSession,
): Promise<boolean> {
  const other = {
    visitId: objectId(visitId, 'visit'),
    patientId: op({ $ne: objectId(patientId, 'patient') }),
  };
  return Boolean(await chargeModel(ctx).exists(other).session(session));
}

/**
 * Of each visit: how many charges are to be billed, as the worklist counts them (what is free is not), and
 * the bill that a package was sold with where the consultation is in one. One question: every queue asks it.
 */
export async function chargesOfVisits(
  ctx: TenantContext,
  visitIds: readonly string[],
): Promise<{ open: Map<string, number>; included: Map<string, string> }> {
  const rows = await chargeModel(ctx)
    .find({
      visitId: op({ $in: visitIds.map((one) => objectId(one, 'visit')) }),
      status: op({ $in: ['open', 'included'] as const }),
    })
    .select('visitId status isFree consultation billId')
    .lean();
  const open = new Map<string, number>();
  const included = new Map<string, string>();
  for (const { visitId, status, isFree, consultation, billId } of rows) {
    const key = visitId?.toString() ?? '';
    if (status === 'open' && !isFree) open.set(key, (open.get(key) ?? 0) + 1);
    if (status === 'included' && consultation) included.set(key, billId?.toString() ?? '');
  }
  return { open, included };
}

export type ChargePage = { charges: Charge[]; after: string | null; before: string | null };

/** A page of a worklist of the branch, the oldest first. */
export async function listCharges(ctx: TenantContext, query: ChargeListQuery): Promise<ChargePage> {
  const page = keyset({ field: 'at', kind: 'date', idKind: 'object-id', direction: 1 }, query, PAGE_SIZE);
  const which = query.show === 'credit' ? { isToCredit: true } : { status: 'open' as const, isFree: false };
  const wanted = { ...which, ...hereOnly(ctx) };
  const rows = await chargeModel(ctx)
    .find(page.start ? { $and: [wanted, page.filter] } : wanted)
    .sort(page.sort)
    .limit(page.limit)
    .lean();
  const shown = page.toPage(rows, (row) => [row.at.toISOString(), row._id.toString()]);
  return { charges: shown.rows.map(toCharge), after: shown.after, before: shown.before };
}

/** How much waits on either list; at most 100 of each. */
export async function countCharges(ctx: TenantContext): Promise<{ open: number; toCredit: number }> {
  const [open, toCredit] = await Promise.all([
    chargeModel(ctx)
      .countDocuments({ status: 'open', isFree: false, ...hereOnly(ctx) })
      .limit(MOST_COUNTED),
    chargeModel(ctx)
      .countDocuments({ isToCredit: true, ...hereOnly(ctx) })
      .limit(MOST_COUNTED),
  ]);
  return { open, toCredit };
}
