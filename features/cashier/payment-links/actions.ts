'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { PaymentLink } from './dto';
import { LINK_LABEL } from './policy';
import { linkInput, makeLinkInput, nothingInput } from './schema';
import { endLink, lookAgain, makeLink, removeAccount, sendLink, setLinkAside } from './service';

async function refreshed(change: Promise<PaymentLink>): Promise<PaymentLink> {
  const link = await change;
  revalidatePath(paths.bill(link.billId));
  revalidatePath(paths.onlinePayments);
  return link;
}

export const makeLinkAction = staffAction({
  permission: 'payments:write',
  input: makeLinkInput,
  audit: 'payment-link.make',
  target: ({ billId }) => `bill:${billId}`,
  run: (ctx, input) => refreshed(makeLink(ctx, input)),
  message: ({ billNumber }) => `The payment link of bill ${billNumber} is ready.`,
});

export const lookAgainAction = staffAction({
  permission: 'payments:write',
  input: linkInput,
  audit: 'payment-link.look',
  target: ({ linkId }) => `payment-link:${linkId}`,
  entryAfter: 'Nothing may have changed at the provider since.',
  run: (ctx, input) => refreshed(lookAgain(ctx, input)),
  message: ({ state }) => `${LINK_LABEL[state]}.`,
});

export const endLinkAction = staffAction({
  permission: 'payments:write',
  input: linkInput,
  audit: 'payment-link.end',
  target: ({ linkId }) => `payment-link:${linkId}`,
  entryAfter: 'The link may have ended by itself before.',
  run: (ctx, input) => refreshed(endLink(ctx, input)),
  message: ({ state }) => `${LINK_LABEL[state]}.`,
});

export const setLinkAsideAction = staffAction({
  permission: 'refunds:write',
  input: linkInput,
  audit: 'payment-link.set-aside',
  target: ({ linkId }) => `payment-link:${linkId}`,
  run: (ctx, input) => refreshed(setLinkAside(ctx, input)),
  message: 'It is off the list.',
});

export const sendLinkAction = staffAction({
  permission: 'payments:write',
  input: linkInput,
  audit: 'payment-link.send',
  target: ({ linkId }) => `payment-link:${linkId}`,
  run: sendLink,
  message: ({ email }) => `Sent to ${email}.`,
});

export const removeOnlineAccountAction = staffAction({
  permission: 'online-payments:write',
  input: nothingInput,
  again: true,
  audit: 'online-account.remove',
  tellOwners: (_input, by) => ({
    subject: 'The account for online payments was taken off',
    paragraphs: [`${by} has taken off the account for payments of patients’ bills.`],
  }),
  run: async (ctx) => {
    await removeAccount(ctx);
    revalidatePath(paths.onlinePaymentSettings);
  },
  message: 'The account is taken off. Nobody can pay by a link any more.',
});
