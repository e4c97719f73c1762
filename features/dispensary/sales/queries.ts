import 'server-only';
import { minorOfPrice } from '@/features/cashier/bill-settings/policy';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { controlClassOf } from '@/features/pharmacy/medicines/control-classes';
import { getMedicine } from '@/features/pharmacy/medicines/queries';
import { storeOrCounter } from '@/features/pharmacy/stores/queries';
import { notFoundError } from '@/lib/errors';
import type { TenantContext } from '@/lib/tenancy/context';
import { getDispense, listShelves } from '../dispenses/queries';

/**
 * What the counter must know of a medicine to sell it from a store: its price, what its class asks for, and
 * the lots that may be given, the first to expire first. @throws AppError NOT_FOUND.
 */
export async function getSaleShelf(ctx: TenantContext, medicineId: string, inStore?: string) {
  const store = await storeOrCounter(ctx, inStore);
  const [medicine, [shelf], { currency, country }] = await Promise.all([
    getMedicine(ctx, medicineId),
    listShelves(ctx, [{ medicineId }], store.id),
    getBillSettings(ctx),
  ]);
  const watched = controlClassOf(country, medicine.controlClass);
  return {
    medicineId,
    name: [medicine.name, medicine.strength].filter(Boolean).join(' '),
    unit: medicine.unit,
    unitMinor: minorOfPrice(medicine.priceCents, currency.code),
    classLabel: watched?.label ?? null,
    isClassSet: medicine.controlClass !== null,
    needsPaper: watched?.needsPrescription ?? false,
    needsName: watched?.hasRegister ?? false,
    stopReason: medicine.isActive ? (medicine.stop?.reason ?? null) : 'it is inactive',
    inOtherStores: shelf?.inOtherStores ?? 0,
    lots: shelf?.lots ?? [],
  };
}
export type SaleShelf = Awaited<ReturnType<typeof getSaleShelf>>;

/** What was sold at one time. @throws AppError NOT_FOUND, also for what a prescription was given for. */
export async function getSale(ctx: TenantContext, dispenseId: string) {
  const { sale, billId, ...dispense } = await getDispense(ctx, dispenseId);
  if (!sale || !billId) throw notFoundError('sale');
  return { ...dispense, sale, billId };
}
