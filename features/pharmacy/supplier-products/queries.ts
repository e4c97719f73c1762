import 'server-only';
import { toMedicine } from '@/features/pharmacy/medicines/dto';
import { medicineModel } from '@/features/pharmacy/medicines/model';
import { escapeRegExp, objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { supplierProductModel } from './model';
import { codeKey, productKey } from './policy';

const MOST_LISTED = 500;
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

/** The find behind the list of a supplier. */
export const findSupplierProducts = (ctx: TenantContext, supplierId: string) =>
  supplierProductModel(ctx)
    .find({ supplierId: objectId(supplierId, 'supplier') })
    .sort({ key: 1 })
    .limit(MOST_LISTED);

type Row = { medicineId: { toString(): string } };
async function medicinesOf(ctx: TenantContext, rows: readonly Row[]) {
  const found = await medicineModel(ctx)
    .find({ _id: op({ $in: rows.map(({ medicineId }) => objectId(medicineId.toString(), 'medicine')) }) })
    .lean();
  return new Map(found.map((one) => [one._id.toString(), one]));
}

/** What a supplier calls our medicines, by that name. At most 500. */
export async function listSupplierProducts(ctx: TenantContext, supplierId: string) {
  const rows = await findSupplierProducts(ctx, supplierId).lean();
  if (rows.length === 0) return [];
  const medicines = await medicinesOf(ctx, rows);
  return rows.map(({ _id, key, written, medicineId, unitsPerPack }) => {
    const medicine = medicines.get(medicineId.toString());
    return {
      ...{ id: _id.toString(), written, isCode: key.startsWith('#'), unitsPerPack },
      medicineId: medicineId.toString(),
      medicineName: [medicine?.name, medicine?.strength].filter(Boolean).join(' '),
      unit: medicine?.unit ?? '',
    };
  });
}
export type SupplierProduct = Awaited<ReturnType<typeof listSupplierProducts>>[number];

/** The active medicines behind what somebody types or scans as a supplier has it: its code, or its name. */
export async function searchProducts(ctx: TenantContext, supplierId: string, words: string) {
  if (!words.trim()) return [];
  const [byCode, byName] = await Promise.all([
    findProducts(ctx, supplierId, [codeKey(words)]).lean(),
    productKey(words) ? findProductsFrom(ctx, supplierId, words).lean() : [],
  ]);
  const rows = [...byCode, ...byName];
  if (rows.length === 0) return [];
  const medicines = await medicinesOf(ctx, rows);
  return rows.flatMap(({ written, medicineId, unitsPerPack }) => {
    const medicine = medicines.get(medicineId.toString());
    if (!medicine?.isActive) return [];
    const { id, name, genericName, form, strength, unit, onHand } = toMedicine(medicine);
    return [
      { id, name, ingredient: genericName, form, strength, unit, onHand, unitsPerPack, calledName: written },
    ];
  });
}
