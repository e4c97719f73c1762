import 'server-only';
import { toMedicine } from '@/features/pharmacy/medicines/dto';
import { medicineModel } from '@/features/pharmacy/medicines/model';
import { keyset } from '@/lib/keyset';
import { escapeRegExp, objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { supplierProductModel } from './model';
import { codeKey, productKey } from './policy';
import type { ProductListQuery } from './schema';

const PAGE_SIZE = 50;
const MOST_OFFERED = 5;

/** The find behind what some keys of a supplier mean. */
export const findProducts = (ctx: TenantContext, supplierId: string, keys: readonly string[]) =>
  supplierProductModel(ctx).find({
    ...{ supplierId: objectId(supplierId, 'supplier'), key: op({ $in: [...keys] }) },
  });

/** The find behind the names of a supplier that begin so. */
export const findProductsFrom = (ctx: TenantContext, supplierId: string, words: string) =>
  supplierProductModel(ctx)
    .find({
      supplierId: objectId(supplierId, 'supplier'),
      key: new RegExp(`^${escapeRegExp(productKey(words))}`),
    })
    .sort({ key: 1 })
    .limit(MOST_OFFERED);

const pageOf = (query: ProductListQuery) => keyset({ by: [['key', 'text']], direction: 1 }, query, PAGE_SIZE);

/** The find behind a page of the names of a supplier. */
export function findSupplierProducts(ctx: TenantContext, supplierId: string, query: ProductListQuery = {}) {
  const page = pageOf(query);
  return supplierProductModel(ctx)
    .find({ supplierId: objectId(supplierId, 'supplier'), ...page.filter })
    .sort(page.sort)
    .limit(page.limit);
}

type Row = { medicineId: { toString(): string } };
async function medicinesOf(ctx: TenantContext, rows: readonly Row[]) {
  const $in = rows.map(({ medicineId }) => objectId(medicineId.toString(), 'medicine'));
  const found =
    $in.length > 0
      ? await medicineModel(ctx)
          .find({ _id: op({ $in }) })
          .lean()
      : [];
  return new Map(found.map((one) => [one._id.toString(), one]));
}

/** What a supplier calls our medicines, by that name, its codes first; 50 a page. */
export async function listSupplierProducts(
  ctx: TenantContext,
  supplierId: string,
  query: ProductListQuery = {},
) {
  const { rows, before, after } = pageOf(query).toPage(
    await findSupplierProducts(ctx, supplierId, query).lean(),
    ({ key }) => [key],
  );
  const medicines = await medicinesOf(ctx, rows);
  const products = rows.map(({ _id, key, written, medicineId, unitsPerPack }) => {
    const medicine = medicines.get(medicineId.toString());
    return {
      ...{ id: _id.toString(), written, isCode: key.startsWith('#'), unitsPerPack },
      medicineId: medicineId.toString(),
      medicineName: [medicine?.name, medicine?.strength].filter(Boolean).join(' '),
      unit: medicine?.unit ?? '',
    };
  });
  return { products, before, after };
}
export type SupplierProduct = Awaited<ReturnType<typeof listSupplierProducts>>['products'][number];

/**
 * The active medicines behind what somebody types or scans as a supplier has it: its code, or its name. Each
 * once, by its code where that is what was asked for.
 */
export async function searchProducts(ctx: TenantContext, supplierId: string, words: string) {
  if (!words.trim()) return [];
  const [byCode, byName] = await Promise.all([
    findProducts(ctx, supplierId, [codeKey(words)]).lean(),
    productKey(words) ? findProductsFrom(ctx, supplierId, words).lean() : [],
  ]);
  const found = [...byCode, ...byName];
  if (found.length === 0) return [];
  const medicines = await medicinesOf(ctx, found);
  const rows = found.filter(
    (row, index) => index === found.findIndex(({ medicineId }) => medicineId.equals(row.medicineId)),
  );
  return rows.flatMap(({ written, medicineId, unitsPerPack }) => {
    const medicine = medicines.get(medicineId.toString());
    if (!medicine?.isActive) return [];
    const { id, name, genericName, form, strength, unit, onHand } = toMedicine(medicine);
    return [
      { id, name, ingredient: genericName, form, strength, unit, onHand, unitsPerPack, calledName: written },
    ];
  });
}
