import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { chargeModel } from '../../charges/model';
import { sourceKey } from '../../charges/policy';
import { creditCharge } from '../../charges/service';
import type { BillRow } from '../dto';
import { billModel } from '../model';

type Id = Types.ObjectId;
type LineRow = BillRow['lines'][number];
export type ByHand = { billId: Id; number: string; quantity: number };

const billsOfVisit = (ctx: TenantContext, visitId: Id, session: ClientSession) =>
  billModel(ctx).find({ visitId, kind: 'bill' }).sort({ at: 1 }).session(session).lean();

/** How many pieces of some lines were on the bill before anybody said them to be done, and still are. */
const leftByHand = (lines: readonly LineRow[], isOf: (line: LineRow) => boolean): number =>
  lines
    .filter((line) => !line.chargeId && isOf(line))
    .reduce((sum, line) => sum + line.quantity - line.creditedQuantity, 0);

/** The charges of a visit that were recognized in such lines, the newest first. */
const recognizedIn = (ctx: TenantContext, visitId: Id, serviceId: Id, session: ClientSession) =>
  chargeModel(ctx)
    .find({ visitId, serviceId, status: op({ $ne: 'voided' as const }), byHandQuantity: op({ $gt: 0 }) })
    .sort({ at: -1, _id: -1 })
    .session(session)
    .lean();

const sumOf = (rows: readonly { byHandQuantity?: number | null | undefined }[]): number =>
  rows.reduce((sum, { byHandQuantity }) => sum + (byHandQuantity ?? 0), 0);

/**
 * How many of a service a bill of the visit has that nobody had said to be done, and that no charge has been
 * recognized in yet: it is not billed again when it is done. Null where there is none. The bill is touched:
 * of two that see the same pieces, or of one and a credit note, the second looks again.
 */
export async function billedByHand(
  ctx: TenantContext,
  { visitId, serviceId }: { visitId: Id; serviceId: string },
  session: ClientSession,
): Promise<ByHand | null> {
  const of = objectId(serviceId, 'service');
  const bills = await billsOfVisit(ctx, visitId, session);
  const found = bills.flatMap(({ _id, number, lines }) => {
    const quantity = leftByHand(lines, (line) => line.serviceId?.equals(of) === true);
    return quantity > 0 ? [{ billId: _id, number, quantity }] : [];
  });
  const last = found.at(-1);
  if (!last) return null;
  await billModel(ctx).updateMany(
    { _id: op({ $in: found.map(({ billId }) => billId) }) },
    { $set: { updatedAt: new Date() } },
    { session },
  );
  const known = sumOf(await recognizedIn(ctx, visitId, of, session));
  const quantity = found.reduce((sum, one) => sum + one.quantity, 0) - known;
  return quantity > 0 ? { ...last, quantity } : null;
}

/**
 * Pieces of a line that no charge stood behind were taken back, and the bill says so: the charges that had
 * been recognized in it follow. First those that wait for it, then those for which nothing is left.
 */
export async function creditByHand(
  ctx: TenantContext,
  { _id: billId, visitId }: Pick<BillRow, '_id' | 'visitId'>,
  { serviceId, consultation, pieces }: Pick<LineRow, 'serviceId' | 'consultation'> & { pieces: number },
  session: ClientSession,
): Promise<void> {
  if (!visitId || !serviceId) return;
  const lines = (await billsOfVisit(ctx, visitId, session)).flatMap((bill) => bill.lines);
  const hasLine = (chargeId: Id) => lines.some((line) => line.chargeId?.equals(chargeId));
  if (consultation && leftByHand(lines, (line) => Boolean(line.consultation)) === 0) {
    const own = { sourceKey: sourceKey.visit(visitId.toString()), status: 'billed' as const, billId };
    const row = await chargeModel(ctx).findOne(own).session(session).lean();
    if (row && !hasLine(row._id))
      await creditCharge(ctx, row._id, { pieces: row.quantity, isWhole: true }, session);
  }
  const rows = (await recognizedIn(ctx, visitId, serviceId, session)).sort(
    (a, b) => Number(b.isToCredit) - Number(a.isToCredit),
  );
  let over = sumOf(rows) - leftByHand(lines, (line) => line.serviceId?.equals(serviceId) === true);
  let waiting = pieces;
  for (const { _id, byHandQuantity, ...row } of rows) {
    const known = byHandQuantity ?? 0;
    const isOfBill = row.billId?.equals(billId) === true && !hasLine(_id);
    const asked = isOfBill && row.isToCredit ? Math.min(waiting, row.toCreditQuantity) : 0;
    const taken = Math.min(known, Math.max(asked, over));
    if (taken <= 0) continue;
    over -= taken;
    waiting -= taken;
    await chargeModel(ctx).updateOne({ _id }, { $set: { byHandQuantity: known - taken } }, { session });
    // Of one that was billed by hand in part, the rest is on a line of its own.
    if (isOfBill) await creditCharge(ctx, _id, { pieces: taken, isWhole: taken === known }, session);
  }
}
