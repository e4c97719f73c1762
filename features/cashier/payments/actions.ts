'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { creditBillInput } from '../bills/schema';
import { refundAdvanceInput, takeAdvanceInput, takePaymentInput } from './schema';
import { creditBill, refundAdvance, takeAdvance, takePayment } from './service';

async function refreshed<T>(change: Promise<T>): Promise<T> {
  const result = await change;
  revalidatePath(paths.cashier);
  revalidatePath('/(clinic)/cashier/bills/[billId]', 'page');
  revalidatePath('/(clinic)/patients/[patientId]', 'page');
  return result;
}

export const takePaymentAction = staffAction({
  permission: 'payments:write',
  input: takePaymentInput,
  audit: 'payment.take',
  target: ({ billId }) => `bill:${billId}`,
  run: (ctx, input) => refreshed(takePayment(ctx, input)),
  message: ({ number }) => `Receipt ${number}.`,
});

export const takeAdvanceAction = staffAction({
  permission: 'payments:write',
  input: takeAdvanceInput,
  audit: 'advance.take',
  run: (ctx, input) => refreshed(takeAdvance(ctx, input)),
  message: ({ number }) => `Advance receipt ${number}.`,
});

export const refundAdvanceAction = staffAction({
  permission: 'refunds:write',
  input: refundAdvanceInput,
  audit: 'advance.refund',
  run: (ctx, input) => refreshed(refundAdvance(ctx, input)),
  message: ({ number }) => `Refund voucher ${number}.`,
});

export const creditBillAction = staffAction({
  permission: 'refunds:write',
  input: creditBillInput,
  audit: 'bill.credit',
  run: (ctx, input) => refreshed(creditBill(ctx, input)),
  message: ({ note, refund }) =>
    refund ? `Credit note ${note.number}, refund voucher ${refund.number}.` : `Credit note ${note.number}.`,
});
