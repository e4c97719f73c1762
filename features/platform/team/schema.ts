import { z } from 'zod';
import { personName } from '@/features/identity/staff/schema';
import { newPassword } from '@/lib/auth/password-field';
import { accountEmail, revision } from '@/lib/fields';
import { PLATFORM_ROLES } from '@/lib/master/vocabulary';
import type { FromForm } from '@/lib/revision';

const personId = z.string('Choose a person.').trim().max(24);
const role = z.enum(PLATFORM_ROLES, 'Choose a role.');

export const invitePersonInput = z.object({
  name: personName,
  email: z
    .string('Enter a work e-mail.')
    .trim()
    .max(254, 'Use at most 254 characters.')
    .pipe(accountEmail('Enter an e-mail address such as name@company.com.')),
  role,
});
export type InvitePersonInput = z.output<typeof invitePersonInput>;

export const teamInvitationInput = z.object({ invitationId: personId });
export const personInput = z.object({ userId: personId });
export const changePersonRoleInput = z.object({ userId: personId, role, version: revision });
export type ChangePersonRoleInput = FromForm<z.output<typeof changePersonRoleInput>>;
export const joinTeamInput = z.object({
  token: z.string().max(100),
  name: personName,
  password: newPassword,
});
