import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import type { BillSettings } from '@/features/cashier/bill-settings/dto';
import { financialYearOf, wholeUnit } from '@/features/cashier/bill-settings/policy';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { minorIn } from '@/features/cashier/bill-settings/service';
import { packCodeModel } from '@/features/pharmacy/medicines/model';
import { lockForStock, post } from '@/features/pharmacy/medicines/service/ledger';
import { batchFor } from '@/features/pharmacy/medicines/service/stock';
import { noteReceived } from '@/features/pharmacy/purchase-orders/service';
import { FIRST_STORE_ID } from '@/features/pharmacy/stores/policy';
import { storedIn } from '@/features/pharmacy/stores/queries';
import { storeToFill } from '@/features/pharmacy/stores/service';
import { rememberProducts } from '@/features/pharmacy/supplier-products/service';
import { getSupplier } from '@/features/pharmacy/suppliers/queries';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { formatAmount } from '@/lib/currency';
import { AppError, duplicateKey } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { type GoodsReceipt, toGoodsReceipt } from '../dto';
import { goodsReceiptModel } from '../model';
import { dueDay, invoiceAmounts, paperKey, pieceMrp, piecesOf, purchaseAmounts } from '../policy';
import type { ReceiveGoodsInput } from '../schema';

type Typed = ReceiveGoodsInput['lines'][number];

/** The typed amounts of a line in the smallest unit. @throws AppError INVALID_INPUT for too many decimals. */
function factsOf({ rate, mrp, scheme, ...line }: Typed, currency: string) {
  const schemeMinor = scheme === undefined ? undefined : minorIn(currency, scheme, 'lines');
  const rateMinor = minorIn(currency, rate, 'lines');
  const mrpMinor = mrp === undefined ? undefined : minorIn(currency, mrp, 'lines');
  const { grossMinor, discountMinor } = purchaseAmounts({ ...line, rateMinor }, false);
  if ((schemeMinor ?? 0) > grossMinor - discountMinor)
    throw new AppError(
      'INVALID_INPUT',
      `The scheme takes more off lot ${line.lotNumber} than it costs. Check it against the paper.`,
      { field: 'lines' },
    );
  return { ...line, rateMinor, mrpMinor, schemeMinor };
}

/**
 * Enters a supplier's invoice: lots with what they cost and may cost at most, stock, and what is to be paid,
 * in one transaction. The same press that arrives twice happens once.
 * @throws AppError INVALID_INPUT where lines and total do not fit or a lot has expired, CONFLICT for an
 * invoice that was entered before, NOT_FOUND.
 */
export async function receiveGoods(
  ctx: TenantContext,
  input: ReceiveGoodsInput,
  now = new Date(),
): Promise<GoodsReceipt> {
  const settings = await getBillSettings(ctx);
  const { requestKey, supplierId } = input;
  const find = () => goodsReceiptModel(ctx).findOne({ requestKey }).lean();
  const same = await find();
  if (same) return toGoodsReceipt(same);
  const lines = input.lines.map((line) => factsOf(line, settings.currency.code));
  const sums = sumsOf(settings, input, lines);
  const supplier = await getSupplier(ctx, supplierId);
  if (!supplier.isActive) throw new AppError('CONFLICT', `${supplier.name} is not used any more.`);
  const day = today(ctx.timeZone, now);
  if (input.invoiceDay > day)
    throw new AppError('INVALID_INPUT', 'The invoice is of a day to come. Check its date.', {
      field: 'invoiceDay',
    });
  const _id = newObjectId();
  try {
    return await auditedWrite(ctx, async (session) => {
      const { orderId } = input;
      const ordered = orderId
        ? await noteReceived(ctx, session, { orderId, supplierId, came: lines })
        : undefined;
      const store = await storeToFill(ctx, input.storeId ?? FIRST_STORE_ID, session);
      const stored = [];
      for (const [index, line] of lines.entries())
        stored.push({
          ...(await takeIn(ctx, session, line, {
            ...{ costMinor: sums.lines[index]?.costMinor ?? 0, storeId: store.id },
          })),
          ...sums.lines[index],
          ...(typeof ordered?.[index] === 'number' ? { orderRateMinor: ordered[index] } : {}),
          ...(ordered?.[index] === null ? { isUnordered: true } : {}),
        });
      await rememberProducts(
        ctx,
        session,
        supplierId,
        stored.map(({ name, unitsPerPack }, index) => ({
          ...{ medicineId: lines[index]?.medicineId ?? '', medicineName: name, unitsPerPack },
          ...{ theirName: lines[index]?.theirName, theirCode: lines[index]?.theirCode },
        })),
      );
      const row = {
        ...{ _id, requestKey, supplierId: objectId(supplierId), supplierName: supplier.name },
        ...{ invoiceNumber: input.invoiceNumber, invoiceDay: input.invoiceDay, day, lines: stored },
        invoiceKey: `${financialYearOf(input.invoiceDay, settings.yearStart)}:${paperKey(input.invoiceNumber)}`,
        dueOn: dueDay(input.invoiceDay, supplier.creditDays),
        ...{ chargesMinor: sums.chargesMinor, roundOffMinor: sums.roundOffMinor },
        ...{ taxableMinor: sums.taxableMinor, taxMinor: sums.taxMinor, totalMinor: sums.totalMinor },
        ...{ isTaxClaimed: input.isTaxClaimed, currency: settings.currency.code },
        ...storedIn(store.id),
        ...(orderId ? { orderId: objectId(orderId, 'order') } : {}),
        ...(input.note ? { note: input.note } : {}),
        ...{ paidMinor: 0, dueMinor: sums.totalMinor, isDue: sums.totalMinor > 0 },
        byUserId: ctx.actor.kind === 'staff' ? ctx.actor.userId : 'system',
        byName: ctx.actor.name,
        at: now,
      };
      await goodsReceiptModel(ctx).create([row], { session });
      ctx.audit?.about(`goods-receipt:${_id}`);
      noteChange<Record<string, unknown>>(ctx, null, row, ['supplierName', 'invoiceNumber', 'totalMinor']);
      return toGoodsReceipt(await goodsReceiptModel(ctx).findById(_id).session(session).orFail().lean());
    });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    const first = await find();
    if (first) return toGoodsReceipt(first);
    throw new AppError(
      'CONFLICT',
      `Invoice ${input.invoiceNumber} of ${supplier.name} has been entered already.`,
      { field: 'invoiceNumber' },
    );
  }
}

type Facts = ReturnType<typeof factsOf>;

/** What the invoice comes to; the round-off is what its paper has more or less than the lines. */
function sumsOf(settings: BillSettings, input: ReceiveGoodsInput, lines: readonly Facts[]) {
  const { currency, country } = settings;
  const chargesMinor = input.charges === undefined ? 0 : minorIn(currency.code, input.charges, 'charges');
  const printedMinor = minorIn(currency.code, input.total, 'total');
  const rest = { chargesMinor, isTaxClaimed: input.isTaxClaimed, isHalved: country === 'IN' };
  const exact = invoiceAmounts(lines, { ...rest, roundOffMinor: 0 });
  const roundOffMinor = printedMinor - exact.totalMinor;
  if (Math.abs(roundOffMinor) > wholeUnit(currency.code))
    throw new AppError(
      'INVALID_INPUT',
      `The lines come to ${formatAmount(exact.totalMinor, currency)} and the paper says ${formatAmount(printedMinor, currency)}. Check packs, rates, discounts and taxes.`,
      { field: 'total' },
    );
  return { ...exact, chargesMinor, roundOffMinor, totalMinor: printedMinor };
}

/** A line onto the shelf, into its lot. */
async function takeIn(
  ctx: TenantContext,
  session: ClientSession,
  line: Facts,
  { costMinor, storeId }: { costMinor: number; storeId: string },
) {
  const { medicineId: id, lotNumber, expiresOn, mrpMinor, unitsPerPack, gtin } = line;
  const medicineId = objectId(id, 'medicine');
  const medicine = await lockForStock(ctx, medicineId, session);
  const pieces = piecesOf(line);
  const batch = await batchFor(ctx, session, {
    ...{ medicineId, lotNumber, expiresOn, field: 'lines' },
    ...(mrpMinor === undefined ? {} : { mrpMinor: pieceMrp(mrpMinor, unitsPerPack) }),
  });
  await post(ctx, session, {
    ...{ medicine, kind: 'receipt' },
    changes: [
      { batchId: batch._id, lotNumber: batch.lotNumber, quantity: pieces, costMinor, ...storedIn(storeId) },
    ],
  });
  if (gtin)
    await packCodeModel(ctx).updateOne(
      { _id: gtin },
      { $set: { medicineId, unitsPerPack } },
      { upsert: true, session },
    );
  const last = await lastRate(ctx, session, medicineId, unitsPerPack);
  const { packs, freePacks, rateMinor, discountBp, schemeBp, taxBp } = line;
  return {
    ...{ packs, freePacks, unitsPerPack, rateMinor, discountBp, taxBp, expiresOn },
    ...(schemeBp ? { schemeBp } : {}),
    ...(mrpMinor === undefined ? {} : { mrpMinor }),
    ...{ medicineId, batchId: batch._id, pieces, lotNumber: batch.lotNumber, unit: medicine.unit },
    name: [medicine.name, medicine.strength].filter(Boolean).join(' '),
    ...(last === null ? {} : { lastRateMinor: last }),
  };
}

/** What a pack of the same size cost the last time. */
async function lastRate(
  ctx: TenantContext,
  session: ClientSession,
  medicineId: Types.ObjectId,
  unitsPerPack: number,
): Promise<number | null> {
  const row = await goodsReceiptModel(ctx)
    .findOne({ 'lines.medicineId': medicineId })
    .sort({ at: -1 })
    .session(session)
    .lean();
  const line = row?.lines.find(
    (one) => one.medicineId.equals(medicineId) && one.unitsPerPack === unitsPerPack && one.packs > 0,
  );
  return line?.rateMinor ?? null;
}
