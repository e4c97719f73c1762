'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { reverseSettlementInput, settleClaimsInput } from './schema';
import { reverseSettlement, settleClaims } from './service';

async function refreshed<T>(change: Promise<T>): Promise<T> {
  const result = await change;
  revalidatePath(paths.claims);
  revalidatePath(paths.settleClaims);
  revalidatePath('/(clinic)/cashier/claims/[claimId]', 'page');
  revalidatePath('/(clinic)/cashier/bills/[billId]', 'page');
  return result;
}

export const settleClaimsAction = staffAction({
  permission: 'claims:write',
  input: settleClaimsInput,
  audit: 'settlement.enter',
  run: (ctx, input) => refreshed(settleClaims(ctx, input)),
  message: ({ number, parts }) => `Settlement ${number} over ${parts.length} claims.`,
});

export const reverseSettlementAction = staffAction({
  permission: 'claims:write',
  input: reverseSettlementInput,
  audit: 'settlement.reverse',
  target: ({ settlementId }) => `settlement:${settlementId}`,
  run: (ctx, input) => refreshed(reverseSettlement(ctx, input)),
  message: ({ ofNumber }) => `Settlement ${ofNumber ?? ''} is reversed.`,
});
