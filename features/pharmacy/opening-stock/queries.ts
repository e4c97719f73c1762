import 'server-only';
import { batchModel, medicineModel } from '@/features/pharmacy/medicines/model';
import type { MedicineForm } from '@/features/pharmacy/medicines/policy';
import { storesOf } from '@/features/pharmacy/stores/policy';
import { listStores } from '@/features/pharmacy/stores/queries';
import { groupBy } from '@/lib/group-by';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Day } from '@/lib/time';

type LotFacts = {
  lotNumber: string | null;
  expiresOn: Day | null;
  quantity: number | null;
  /** Of one piece; null where nobody knows. */
  costMinor: number | null;
  mrpMinor: number | null;
  storeName: string | null;
};
export type StockRow = LotFacts & {
  name: string;
  strength: string | null;
  form: MedicineForm;
  genericName: string | null;
  unit: string;
  reorderLevel: number;
  priceCents: number | null;
  controlClass: string | null;
};

/** The find behind the medicines that the stock is listed by. */
export const findFormulary = (ctx: TenantContext) =>
  medicineModel(ctx).find({ isActive: true }).sort({ sortName: 1, _id: 1 });

/** What stands in each store, lot by lot, by name; a medicine without stock in a row of its own. */
export async function listStockRows(ctx: TenantContext): Promise<StockRow[]> {
  const [medicines, batches, stores] = await Promise.all([
    findFormulary(ctx).lean(),
    batchModel(ctx).find({ hasStock: true }).sort({ expiresOn: 1, _id: 1 }).lean(),
    listStores(ctx),
  ]);
  const lotsOf = groupBy(batches, ({ medicineId }) => medicineId.toString());
  const nameOf = new Map(stores.map(({ id, name }) => [id, name]));
  return medicines.flatMap((medicine) => {
    const { name, strength, form, genericName, unit, reorderLevel, priceCents, controlClass } = medicine;
    const facts = {
      ...{ name, strength: strength ?? null, form, genericName: genericName ?? null, unit, reorderLevel },
      ...{ priceCents: priceCents ?? null, controlClass: controlClass ?? null },
    };
    const empty: LotFacts = {
      storeName: null,
      lotNumber: null,
      expiresOn: null,
      quantity: null,
      costMinor: null,
      mrpMinor: null,
    };
    const rows = (lotsOf.get(medicine._id.toString()) ?? []).flatMap((lot) => {
      const pieces = lot.quantity + (lot.quarantine ?? 0) + (lot.transit ?? 0);
      const costMinor = typeof lot.valueMinor === 'number' ? Math.round(lot.valueMinor / pieces) : null;
      return storesOf(lot).map(({ storeId, quantity }) => ({
        ...{ ...facts, lotNumber: lot.lotNumber, expiresOn: lot.expiresOn, quantity, costMinor },
        ...{ mrpMinor: lot.mrpMinor ?? null, storeName: nameOf.get(storeId) ?? null },
      }));
    });
    return rows.length > 0 ? rows : [{ ...facts, ...empty }];
  });
}
