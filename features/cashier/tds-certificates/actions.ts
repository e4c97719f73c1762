'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { addTdsCertificateInput, withdrawTdsCertificateInput } from './schema';
import { addTdsCertificate, withdrawTdsCertificate } from './service';

async function refreshed<T>(change: Promise<T>): Promise<T> {
  const result = await change;
  revalidatePath(paths.tds);
  return result;
}

export const addTdsCertificateAction = staffAction({
  permission: 'claims:write',
  input: addTdsCertificateInput,
  audit: 'tds-certificate.add',
  run: (ctx, input) => refreshed(addTdsCertificate(ctx, input)),
  message: ({ number, payerName }) => `Certificate ${number} of ${payerName} is entered.`,
});

export const withdrawTdsCertificateAction = staffAction({
  permission: 'claims:write',
  input: withdrawTdsCertificateInput,
  audit: 'tds-certificate.withdraw',
  run: (ctx, input) => refreshed(withdrawTdsCertificate(ctx, input)),
  message: ({ number }) => `Certificate ${number} is withdrawn.`,
});
