'use server';
import { revalidatePath } from 'next/cache';
import { publicAction } from '@/lib/actions/public';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import {
  acceptAsKnownInput,
  acceptAsNewInput,
  changeRoleInput,
  invitationInput,
  inviteManyInput,
  inviteStaffInput,
  memberInput,
  staffBranchesInput,
  staffProfileInput,
} from './schema';
import { inviteStaff, resendInvitation, revokeInvitation } from './service/invitations';
import { inviteMany } from './service/invite-many';
import { joinAsKnown, joinAsNew } from './service/join';
import {
  assignBranches,
  changeRole,
  removeMember,
  setSuspended,
  updateStaffProfile,
} from './service/members';

/** Owners may do everything, so each hears of a new one. */
const newOwner = (by: string, whom: string) => ({
  subject: 'Your organization gets another owner',
  paragraphs: [`${by} made ${whom} an owner of your organization at Chakravue.`],
});

export const inviteStaffAction = staffAction({
  permission: 'staff:write',
  input: inviteStaffInput,
  again: ({ role }) => role === 'owner',
  audit: 'staff.invite',
  tellOwners: ({ role, name }, by) => (role === 'owner' ? newOwner(by, name) : null),
  run: async (ctx, input) => {
    const invitation = await inviteStaff(ctx, input);
    revalidatePath(paths.staff);
    return invitation;
  },
  message: ({ email }) => `Invitation sent to ${email}.`,
});

export const inviteManyAction = staffAction({
  permission: 'staff:write',
  input: inviteManyInput,
  audit: 'staff.invite-many',
  entryAfter: 'Each invitation of the list is an entry of its own.',
  target: ({ lines }) => `lines:${lines.length}`,
  run: async (ctx, input) => {
    const results = await inviteMany(ctx, input);
    revalidatePath(paths.staff);
    return { results };
  },
  message: ({ results }) => {
    const sent = results.filter(({ refusal }) => refusal === null).length;
    return sent === 1 ? 'One invitation sent.' : `${sent} invitations sent.`;
  },
});

export const resendInvitationAction = staffAction({
  permission: 'staff:write',
  input: invitationInput,
  audit: 'staff.invitation.resend',
  target: ({ invitationId }) => `invitation:${invitationId}`,
  run: async (ctx, { invitationId }) => {
    const sent = await resendInvitation(ctx, invitationId);
    revalidatePath(paths.staff);
    return sent;
  },
  message: ({ email }) => `Sent a new link to ${email}. The old one no longer works.`,
});

export const revokeInvitationAction = staffAction({
  permission: 'staff:write',
  input: invitationInput,
  audit: 'staff.invitation.revoke',
  target: ({ invitationId }) => `invitation:${invitationId}`,
  run: async (ctx, { invitationId }) => {
    const revoked = await revokeInvitation(ctx, invitationId);
    revalidatePath(paths.staff);
    return revoked;
  },
  message: ({ email }) => `The invitation of ${email} no longer works.`,
});

export const changeRoleAction = staffAction({
  permission: 'staff:write',
  input: changeRoleInput,
  again: ({ role }) => role === 'owner',
  audit: 'staff.role',
  tellOwners: ({ role }, by) => (role === 'owner' ? newOwner(by, 'one of your staff') : null),
  target: ({ userId }) => `staff:${userId}`,
  run: async (ctx, input) => {
    await changeRole(ctx, input);
    revalidatePath(paths.staff);
  },
  message: 'Role changed.',
});

export const assignBranchesAction = staffAction({
  permission: 'staff:write',
  input: staffBranchesInput,
  audit: 'staff.branches',
  target: ({ userId }) => `staff:${userId}`,
  run: async (ctx, input) => {
    await assignBranches(ctx, input);
    revalidatePath(paths.staff);
  },
  message: 'Saved. It counts from their next step on.',
});

export const suspendStaffAction = staffAction({
  permission: 'staff:write',
  input: memberInput,
  audit: 'staff.suspend',
  target: ({ userId }) => `staff:${userId}`,
  run: async (ctx, { userId }) => {
    await setSuspended(ctx, userId, true);
    revalidatePath(paths.staff);
  },
  message: 'Suspended. The person has been signed out.',
});

export const reactivateStaffAction = staffAction({
  permission: 'staff:write',
  input: memberInput,
  audit: 'staff.reactivate',
  target: ({ userId }) => `staff:${userId}`,
  run: async (ctx, { userId }) => {
    await setSuspended(ctx, userId, false);
    revalidatePath(paths.staff);
  },
  message: 'The person can sign in again.',
});

export const removeStaffAction = staffAction({
  permission: 'staff:write',
  input: memberInput,
  audit: 'staff.remove',
  target: ({ userId }) => `staff:${userId}`,
  run: async (ctx, { userId }) => {
    await removeMember(ctx, userId);
    revalidatePath(paths.staff);
  },
  message: 'Removed. The staff account is free again.',
});

export const updateStaffProfileAction = staffAction({
  permission: 'staff:write',
  input: staffProfileInput,
  audit: 'staff.profile',
  target: ({ userId }) => `staff:${userId}`,
  run: async (ctx, input) => {
    await updateStaffProfile(ctx, input);
    revalidatePath(paths.staff);
  },
  message: 'Saved.',
});

/** From the invitation's page: somebody who has no account yet. */
export const joinAsNewAction = publicAction({
  input: acceptAsNewInput,
  audit: 'invitation.accept',
  run: (input, { requestId }) => joinAsNew(input, requestId),
});

/** From the invitation's page: the address has an account already. */
export const joinAsKnownAction = publicAction({
  input: acceptAsKnownInput,
  audit: 'invitation.accept',
  run: (input, { requestId }) => joinAsKnown(input, requestId),
});
