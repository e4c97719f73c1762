import 'server-only';
import { medicineModel, packCodeModel } from '@/features/pharmacy/medicines/model';
import { findProducts } from '@/features/pharmacy/supplier-products/queries';
import { AppError, notFoundError } from '@/lib/errors';
import { keyset } from '@/lib/keyset';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type GoodsReceipt, type SupplierPayment, toGoodsReceipt, toSupplierPayment } from './dto';
import { goodsReceiptModel, supplierPaymentModel } from './model';
import type { PurchasesQuery, ReadGoodsInput } from './schema';
import { type GoodsPlan, namedIn, planGoods } from './spreadsheet';

const PAGE_SIZE = 25;

/** The find behind a page of the list; apart from it so that a test can ask how it is answered. */
export function findGoodsReceipts(ctx: TenantContext, query: PurchasesQuery) {
  const isDue = query.show === 'due';
  const order = isDue
    ? ({ field: 'dueOn', kind: 'text', idKind: 'object-id', direction: 1 } as const)
    : ({ field: 'at', kind: 'date', idKind: 'object-id', direction: -1 } as const);
  const page = keyset(order, query, PAGE_SIZE);
  const find = goodsReceiptModel(ctx)
    .find({ ...(isDue ? { isDue: true } : {}), ...page.filter })
    .sort(page.sort)
    .limit(page.limit);
  return { page, find, isDue };
}

/** Invoices, newest first; or those that are to be paid, what is due first. 25 a page. */
export async function listGoodsReceipts(ctx: TenantContext, query: PurchasesQuery) {
  const { page, find, isDue } = findGoodsReceipts(ctx, query);
  const { rows, before, after } = page.toPage(await find.lean(), (row) => [
    isDue ? row.dueOn : row.at.toISOString(),
    row._id.toString(),
  ]);
  return { receipts: rows.map(toGoodsReceipt), before, after };
}

/** What is owed to suppliers, and how much of it is overdue on a day; both by an index of what is due. */
export async function sumPayables(ctx: TenantContext, today: string) {
  const rows = await goodsReceiptModel(ctx).aggregate<{ _id: boolean; minor: number; count: number }>([
    { $match: { isDue: true } },
    { $group: { _id: { $lt: ['$dueOn', today] }, minor: { $sum: '$dueMinor' }, count: { $sum: 1 } } },
  ]);
  const of = (isOverdue: boolean) => rows.find(({ _id }) => _id === isOverdue);
  return {
    dueMinor: (of(false)?.minor ?? 0) + (of(true)?.minor ?? 0),
    overdueMinor: of(true)?.minor ?? 0,
    invoices: (of(false)?.count ?? 0) + (of(true)?.count ?? 0),
  };
}

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getGoodsReceipt(ctx: TenantContext, receiptId: string): Promise<GoodsReceipt> {
  const row = await goodsReceiptModel(ctx).findById(objectId(receiptId, 'invoice')).lean();
  if (!row) throw notFoundError('invoice');
  return toGoodsReceipt(row);
}

/** The find behind what came against an order. */
export const findReceiptsOfOrder = (ctx: TenantContext, orderId: string) =>
  goodsReceiptModel(ctx)
    .find({ orderId: objectId(orderId, 'order') })
    .sort({ at: -1 })
    .limit(50);

/** What came against an order, newest first. At most 50. */
export const listReceiptsOfOrder = async (ctx: TenantContext, orderId: string): Promise<GoodsReceipt[]> =>
  (await findReceiptsOfOrder(ctx, orderId).lean()).map(toGoodsReceipt);

/** The find behind what was paid of an invoice. */
export const findSupplierPayments = (ctx: TenantContext, receiptId: string) =>
  supplierPaymentModel(ctx)
    .find({ receiptId: objectId(receiptId, 'invoice') })
    .sort({ at: 1 })
    .limit(100);

/** What was paid of an invoice, in order. At most 100. */
export const listSupplierPayments = async (
  ctx: TenantContext,
  receiptId: string,
): Promise<SupplierPayment[]> => (await findSupplierPayments(ctx, receiptId).lean()).map(toSupplierPayment);

/** The find behind the medicines that a spreadsheet names. */
export const findNamedMedicines = (ctx: TenantContext, sortNames: readonly string[]) =>
  medicineModel(ctx)
    .find({ isActive: true, sortName: op({ $in: [...sortNames] }) })
    .select('name strength form sortName');

/**
 * A supplier's spreadsheet as lines of an invoice; nothing is written.
 * @throws AppError INVALID_INPUT for one without the headings, or with too many rows.
 */
export async function readGoods(
  ctx: TenantContext,
  { sheet, supplierId }: ReadGoodsInput,
): Promise<GoodsPlan> {
  const { sortNames, gtins, keys } = namedIn(sheet);
  const [packs, products] = await Promise.all([
    packCodeModel(ctx)
      .find({ _id: op({ $in: gtins }) })
      .lean(),
    supplierId && keys.length > 0 ? findProducts(ctx, supplierId, keys).lean() : [],
  ]);
  const meant = [...packs, ...products].map(({ medicineId }) => medicineId);
  const [named, packed] = await Promise.all([
    findNamedMedicines(ctx, sortNames).lean(),
    medicineModel(ctx)
      .find({ _id: op({ $in: meant }), isActive: true })
      .select('name strength form sortName')
      .lean(),
  ]);
  const plan = planGoods(sheet, {
    medicines: [...new Map([...named, ...packed].map((row) => [row._id.toString(), row])).values()].map(
      ({ _id, name, strength, form, sortName }) => ({
        ...{ id: _id.toString(), name, strength: strength ?? null, form, sortName },
      }),
    ),
    packs: packs.map(({ _id, medicineId, unitsPerPack }) => ({
      ...{ gtin: _id, medicineId: medicineId.toString(), unitsPerPack },
    })),
    products: products.map(({ key, medicineId, unitsPerPack }) => ({
      ...{ key, medicineId: medicineId.toString(), unitsPerPack },
    })),
  });
  if (plan.problem) throw new AppError('INVALID_INPUT', plan.problem, { field: 'sheet' });
  return plan;
}
