'use server';
import { revalidatePath } from 'next/cache';
import { platformAction } from '@/lib/actions/platform';
import { staffAction } from '@/lib/actions/staff';
import { getPrincipal } from '@/lib/auth/principal';
import { paths } from '@/lib/paths';
import {
  allowAccessInput,
  giveAccessInput,
  grantInput,
  nothingInput,
  organizationInput,
  platformGrantInput,
  requestAccessInput,
} from './schema';
import {
  allowAccess,
  enterWorkspace,
  giveAccess,
  leaveWorkspace,
  refuseAccess,
  requestAccess,
  revokeAccess,
  withdrawRequest,
} from './service';

const sessionOf = async (): Promise<string> => (await getPrincipal())?.sessionId ?? '';
const organizationOf = ({ organizationId }: { organizationId: string }) => organizationId;
const grantOf = ({ grantId }: { grantId: string }) => `support-grant:${grantId}`;

export const requestAccessAction = platformAction({
  permission: 'support-access:use',
  input: requestAccessInput,
  audit: 'support-access.request',
  organizationId: organizationOf,
  run: async (ctx, input) => {
    await requestAccess(ctx, input);
    revalidatePath(paths.platformOrganization(input.organizationId));
  },
  message: 'The owner has been asked.',
});

export const withdrawRequestAction = platformAction({
  permission: 'support-access:use',
  input: platformGrantInput,
  audit: 'support-access.withdraw',
  target: grantOf,
  organizationId: organizationOf,
  run: async (ctx, { grantId, organizationId }) => {
    await withdrawRequest(ctx, grantId);
    revalidatePath(paths.platformOrganization(organizationId));
  },
  message: 'The request is withdrawn.',
});

export const enterWorkspaceAction = platformAction({
  permission: 'support-access:use',
  input: organizationInput,
  audit: 'support-access.enter',
  organizationId: organizationOf,
  run: async (ctx, { organizationId }) =>
    enterWorkspace(ctx, { organizationId, sessionId: await sessionOf() }),
});

/** Answers with the organization that was left. */
export const leaveWorkspaceAction = platformAction({
  permission: 'account:own',
  input: nothingInput,
  audit: 'support-access.leave',
  entryAfter: 'The session may be in no workspace.',
  run: async (ctx) => leaveWorkspace(ctx, await sessionOf()),
});

export const allowAccessAction = staffAction({
  permission: 'support-access:manage',
  input: allowAccessInput,
  again: true,
  audit: 'support-access.allow',
  tellOwners: (_input, by) => ({
    subject: 'Our support may enter',
    paragraphs: [`${by} let the support of Chakravue into your organization. You can end it at any moment.`],
  }),
  target: grantOf,
  run: async (ctx, input) => {
    await allowAccess(ctx, input);
    revalidatePath(paths.supportAccess);
  },
  message: 'Support can enter now, until the time you chose.',
});

export const giveAccessAction = staffAction({
  permission: 'support-access:manage',
  input: giveAccessInput,
  again: true,
  audit: 'support-access.give',
  tellOwners: (_input, by) => ({
    subject: 'Our support may enter',
    paragraphs: [`${by} let the support of Chakravue into your organization. You can end it at any moment.`],
  }),
  run: async (ctx, input) => {
    await giveAccess(ctx, input);
    revalidatePath(paths.supportAccess);
  },
  message: 'Support can enter now, until the time you chose.',
});

export const refuseAccessAction = staffAction({
  permission: 'support-access:manage',
  input: grantInput,
  audit: 'support-access.refuse',
  target: grantOf,
  run: async (ctx, { grantId }) => {
    await refuseAccess(ctx, grantId);
    revalidatePath(paths.supportAccess);
  },
  message: 'The request is refused.',
});

export const revokeAccessAction = staffAction({
  permission: 'support-access:manage',
  input: grantInput,
  audit: 'support-access.revoke',
  target: grantOf,
  run: async (ctx, { grantId }) => {
    await revokeAccess(ctx, grantId);
    revalidatePath(paths.supportAccess);
  },
  message: 'Access has ended.',
});
