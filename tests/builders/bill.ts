import { randomUUID } from 'node:crypto';
import { issueBillInput } from '@/features/cashier/bills/schema';
import { issueBill } from '@/features/cashier/bills/service';
import { takePaymentInput } from '@/features/cashier/payments/schema';
import { takePayment } from '@/features/cashier/payments/service';
import { listPriced, type PricedService } from '@/features/cashier/price-list/queries';
import { addServiceInput } from '@/features/cashier/price-list/schema';
import { addService } from '@/features/cashier/price-list/service';
import { findOwnShift } from '@/features/cashier/shifts/queries';
import { openShift } from '@/features/cashier/shifts/service';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';

let serial = 0;

/** A service on the price list, with a price from today on. */
export async function aService(
  ctx: TenantContext,
  facts: Partial<
    Record<'name' | 'code' | 'group' | 'taxClass' | 'consultation' | 'price' | 'isInclusive', string>
  > = {},
): Promise<PricedService> {
  const typed = {
    name: `Test ${++serial}`,
    code: `T-${serial}`,
    group: 'test',
    taxClass: 'health',
    price: '500',
  };
  const { id } = await addService(ctx, addServiceInput.parse({ ...typed, ...facts }));
  const found = (await listPriced(ctx, today(ctx.timeZone))).find((one) => one.id === id);
  if (!found) throw new Error('The service is not on the list');
  return found;
}

type BillFacts = {
  patientId: string;
  lines: readonly { service: PricedService; quantity?: number; isFree?: boolean; isNotPayable?: boolean }[];
  doctorId?: string;
  visitId?: string;
} & Record<string, unknown>;

/** What the page posts for a bill. */
export const billFields = ({ lines, ...facts }: BillFacts) =>
  issueBillInput.parse({
    requestKey: randomUUID(),
    ...facts,
    lines: JSON.stringify(
      lines.map(({ service, quantity = 1, isFree = false, isNotPayable = false }) => ({
        serviceId: service.id,
        quantity,
        unitMinor: isFree ? 0 : (service.price?.amountMinor ?? 0),
        isFree,
        isNotPayable,
      })),
    ),
  });

/** A bill, issued as the page does. */
export const aBill = (ctx: TenantContext, facts: BillFacts) => issueBill(ctx, billFields(facts));

/** An open shift of the person. */
export async function aShift(ctx: TenantContext, float = '1000') {
  return (await findOwnShift(ctx)) ?? openShift(ctx, { float });
}

/** A payment of a bill, as typed. */
export async function aPayment(ctx: TenantContext, typed: Record<string, string> & { billId: string }) {
  await aShift(ctx);
  return takePayment(ctx, takePaymentInput.parse({ requestKey: randomUUID(), ...typed }));
}
