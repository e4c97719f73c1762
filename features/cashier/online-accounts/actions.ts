'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { saveOnlineAccountInput } from './schema';
import { saveOnlineAccount } from './service';

export const saveOnlineAccountAction = staffAction({
  permission: 'online-payments:write',
  input: saveOnlineAccountInput,
  again: true,
  audit: 'online-account.save',
  tellOwners: (_input, by) => ({
    subject: 'The account for online payments was changed',
    paragraphs: [
      `${by} has entered a key for payments of patients’ bills. What patients pay by link goes to its account.`,
    ],
  }),
  run: async (ctx, input) => {
    const account = await saveOnlineAccount(ctx, input);
    revalidatePath(paths.onlinePaymentSettings);
    return account;
  },
  message: ({ isTold }) =>
    isTold
      ? 'The account is set up.'
      : 'The account is set up. Its events do not reach us, so payments are looked for every few minutes.',
});
