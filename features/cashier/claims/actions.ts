'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { CLAIM_STATES } from './policy';
import { removePaperInput, requestAuthorizationInput, updateClaimInput } from './schema';
import { removePaper, requestAuthorization, updateClaim } from './service';

async function refreshed<T>(change: Promise<T>): Promise<T> {
  const result = await change;
  revalidatePath(paths.claims);
  revalidatePath('/(clinic)/cashier/claims/[claimId]', 'page');
  return result;
}

export const requestAuthorizationAction = staffAction({
  permission: 'claims:write',
  input: requestAuthorizationInput,
  audit: 'claim.authorization',
  run: (ctx, input) => refreshed(requestAuthorization(ctx, input)),
  message: ({ number }) => `Claim ${number} is on the list.`,
});

export const updateClaimAction = staffAction({
  permission: 'claims:write',
  input: updateClaimInput,
  audit: 'claim.update',
  target: ({ claimId }) => `claim:${claimId}`,
  run: (ctx, input) => refreshed(updateClaim(ctx, input)),
  message: ({ number, status }) => `Claim ${number}: ${CLAIM_STATES[status].toLowerCase()}.`,
});

export const removePaperAction = staffAction({
  permission: 'claims:write',
  input: removePaperInput,
  audit: 'file.delete',
  target: ({ fileId }) => `file:${fileId}`,
  entryAfter: 'The row may be gone already, with its entry: an interrupted deletion is finished.',
  run: async (ctx, input) => {
    const { name } = await refreshed(removePaper(ctx, input));
    return { name };
  },
  message: ({ name }) => `${name} is deleted.`,
});
