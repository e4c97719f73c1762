'use server';
import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { platformAction } from '@/lib/actions/platform';
import { publicAction } from '@/lib/actions/public';
import { PLATFORM } from '@/lib/paths';
import {
  changePersonRoleInput,
  invitePersonInput,
  joinTeamInput,
  personInput,
  teamInvitationInput,
} from './schema';
import {
  changePersonRole,
  endPersonSessions,
  leaveTeam,
  removePerson,
  resetPersonFactors,
} from './service/change-person';
import { invitePerson, resendTeamInvitation, revokeTeamInvitation } from './service/invite';
import { joinTeam } from './service/join';

export const invitePersonAction = platformAction({
  permission: 'team:write',
  input: invitePersonInput,
  again: true,
  audit: 'team.invite',
  run: async (ctx, input) => {
    const result = await invitePerson(ctx, input);
    revalidatePath(PLATFORM.team);
    return result;
  },
  message: ({ email }) => `The invitation is on its way to ${email}.`,
});

export const resendTeamInvitationAction = platformAction({
  permission: 'team:write',
  input: teamInvitationInput,
  audit: 'team.resend-invitation',
  target: ({ invitationId }) => `invitation:${invitationId}`,
  run: async (ctx, { invitationId }) => {
    const result = await resendTeamInvitation(ctx, invitationId);
    revalidatePath(PLATFORM.team);
    return result;
  },
  message: ({ email }) => `A new link is on its way to ${email}.`,
});

export const revokeTeamInvitationAction = platformAction({
  permission: 'team:write',
  input: teamInvitationInput,
  audit: 'team.revoke-invitation',
  target: ({ invitationId }) => `invitation:${invitationId}`,
  run: async (ctx, { invitationId }) => {
    const result = await revokeTeamInvitation(ctx, invitationId);
    revalidatePath(PLATFORM.team);
    return result;
  },
  message: 'The invitation is revoked.',
});

export const changePersonRoleAction = platformAction({
  permission: 'team:write',
  input: changePersonRoleInput,
  again: true,
  audit: 'team.change-role',
  target: ({ userId }) => `user:${userId}`,
  run: async (ctx, input) => {
    await changePersonRole(ctx, input);
    revalidatePath(PLATFORM.team);
  },
  message: 'The role is changed.',
});

export const removePersonAction = platformAction({
  permission: 'team:write',
  input: personInput,
  again: true,
  audit: 'team.remove',
  target: ({ userId }) => `user:${userId}`,
  run: async (ctx, { userId }) => {
    await removePerson(ctx, userId);
    revalidatePath(PLATFORM.team);
  },
  message: 'The person is out of the team.',
});

export const endPersonSessionsAction = platformAction({
  permission: 'team:write',
  input: personInput,
  audit: 'team.end-sessions',
  target: ({ userId }) => `user:${userId}`,
  run: (ctx, { userId }) => endPersonSessions(ctx, userId),
  message: 'The person is signed out everywhere.',
});

export const resetPersonFactorsAction = platformAction({
  permission: 'team:write',
  input: personInput,
  again: true,
  audit: 'team.reset-second-factor',
  target: ({ userId }) => `user:${userId}`,
  run: async (ctx, { userId }) => {
    await resetPersonFactors(ctx, userId);
    revalidatePath(PLATFORM.team);
  },
  message: 'The second factor is reset. The person has been told by mail.',
});

export const leaveTeamAction = platformAction({
  permission: 'account:own',
  input: z.object({}),
  again: true,
  audit: 'team.leave',
  run: (ctx) => leaveTeam(ctx),
});

/** From the mail: the link proves the address. */
export const joinTeamAction = publicAction({
  input: joinTeamInput,
  audit: 'team.accept-invitation',
  run: (input, request) => joinTeam(input, request),
});
