'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { payerInput, savePayerInput } from './schema';
import { savePayer, setPayerActive } from './service';

const target = ({ payerId }: { payerId: string }): string => `payer:${payerId}`;

async function refreshed<T>(change: Promise<T>): Promise<T> {
  const result = await change;
  revalidatePath(paths.payers);
  return result;
}

export const savePayerAction = staffAction({
  permission: 'prices:write',
  input: savePayerInput,
  audit: 'payer.save',
  run: (ctx, input) => refreshed(savePayer(ctx, input)),
  message: ({ name }) => `${name} is saved.`,
});

export const endPayerAction = staffAction({
  permission: 'prices:write',
  input: payerInput,
  audit: 'payer.end',
  target,
  run: (ctx, { payerId }) => refreshed(setPayerActive(ctx, payerId, false)),
  message: ({ name }) => `${name} is no longer offered.`,
});

export const activatePayerAction = staffAction({
  permission: 'prices:write',
  input: payerInput,
  audit: 'payer.activate',
  target,
  run: (ctx, { payerId }) => refreshed(setPayerActive(ctx, payerId, true)),
  message: ({ name }) => `${name} is offered again.`,
});
