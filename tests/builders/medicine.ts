import type { z } from 'zod';
import { addMedicineInput, receiveStockInput } from '@/features/pharmacy/medicines/schema';
import { addMedicine, receiveStock } from '@/features/pharmacy/medicines/service';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';

type Typed = z.input<typeof addMedicineInput>;

let serial = 0;

/** What a pharmacist types for a medicine. */
export const medicineFields = (facts: Partial<Typed> = {}): Typed => ({
  name: `Timolol ${++serial}`,
  form: 'drop',
  strength: '0.5 %',
  unit: 'bottle',
  reorderLevel: '5',
  price: '12.50',
  ...facts,
});

/** A medicine of the formulary, with nothing in stock. */
export const aMedicine = (ctx: TenantContext, facts: Partial<Typed> = {}) =>
  addMedicine(ctx, addMedicineInput.parse(medicineFields(facts)));

type Received = { medicineId?: string; lotNumber?: string; inDays?: number; quantity?: number };

/**
 * A batch that has just been received, `inDays` days before it expires; of a new medicine where none is
 * given.
 */
export async function aBatch(ctx: TenantContext, facts: Received = {}) {
  const medicineId = facts.medicineId ?? (await aMedicine(ctx)).id;
  const input = {
    medicineId,
    lotNumber: facts.lotNumber ?? `L${++serial}`,
    expiresOn: shiftDay(today(ctx.timeZone), facts.inDays ?? 200),
    quantity: String(facts.quantity ?? 10),
  };
  return receiveStock(ctx, receiveStockInput.parse(input));
}
