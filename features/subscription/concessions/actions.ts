'use server';
import { revalidatePath } from 'next/cache';
import { platformAction } from '@/lib/actions/platform';
import { paths } from '@/lib/paths';
import { changeTermsInput, extendTrialInput, giveCreditInput, giveDiscountInput } from './schema';
import { changeTerms, extendTrial, giveCredit, giveDiscount } from './service';

type OfCustomer = { organizationId: string };
const organizationId = ({ organizationId: of }: OfCustomer) => of;
const target = ({ organizationId: of }: OfCustomer) => `organization:${of}`;

export const giveCreditAction = platformAction({
  permission: 'terms:write',
  input: giveCreditInput,
  again: true,
  audit: 'customer.credit',
  target,
  organizationId,
  run: async (ctx, input) => {
    const words = await giveCredit(ctx, input);
    revalidatePath(paths.platformOrganization(input.organizationId));
    return { words };
  },
  message: ({ words }) => `${words} are to their credit. Those who pay have been told by mail.`,
});

export const giveDiscountAction = platformAction({
  permission: 'terms:write',
  input: giveDiscountInput,
  again: true,
  audit: 'customer.discount',
  target,
  organizationId,
  run: async (ctx, input) => {
    const words = await giveDiscount(ctx, input);
    revalidatePath(paths.platformOrganization(input.organizationId));
    return { words };
  },
  message: ({ words }) => `${words}, from the next invoice on.`,
});

export const extendTrialAction = platformAction({
  permission: 'terms:write',
  input: extendTrialInput,
  again: true,
  audit: 'customer.trial',
  target,
  organizationId,
  run: async (ctx, input) => {
    const day = await extendTrial(ctx, input);
    revalidatePath(paths.platformOrganization(input.organizationId));
    return { day };
  },
  message: ({ day }) => `The trial runs until ${day}.`,
});

export const changeTermsAction = platformAction({
  permission: 'terms:write',
  input: changeTermsInput,
  again: true,
  audit: 'customer.plan',
  target,
  organizationId,
  run: async (ctx, input) => {
    const words = await changeTerms(ctx, input);
    revalidatePath(paths.platformOrganization(input.organizationId));
    return { words };
  },
  message: ({ words }) => `${words}.`,
});
