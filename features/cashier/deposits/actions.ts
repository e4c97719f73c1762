'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { makeDepositInput, withdrawDepositInput } from './schema';
import { makeDeposit, withdrawDeposit } from './service';

async function refreshed<T>(change: Promise<T>): Promise<T> {
  const result = await change;
  revalidatePath(paths.deposits);
  revalidatePath(paths.dayBook());
  return result;
}

export const makeDepositAction = staffAction({
  permission: 'deposits:write',
  input: makeDepositInput,
  audit: 'deposit.make',
  run: (ctx, input) => refreshed(makeDeposit(ctx, input)),
  message: ({ number }) => `Deposit ${number}.`,
});

export const withdrawDepositAction = staffAction({
  permission: 'deposits:write',
  input: withdrawDepositInput,
  audit: 'deposit.withdraw',
  target: ({ depositId }) => `deposit:${depositId}`,
  run: (ctx, input) => refreshed(withdrawDeposit(ctx, input)),
  message: ({ number }) => `Taken back, as ${number}.`,
});
