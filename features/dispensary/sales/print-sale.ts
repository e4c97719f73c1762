import 'server-only';
import { printBill } from '@/features/cashier/bills/paper';
import { upiAddress } from '@/features/cashier/payments/policy';
import type { TenantContext } from '@/lib/tenancy/context';
import { getSale } from './queries';

/** The bill of a sale, also for who sees no other bills. @throws AppError NOT_FOUND, TOO_MANY_REQUESTS. */
export async function printSale(ctx: TenantContext, dispenseId: string, paper: 'a4' | 'roll') {
  const { billId } = await getSale(ctx, dispenseId);
  return printBill(ctx, billId, paper, upiAddress);
}
