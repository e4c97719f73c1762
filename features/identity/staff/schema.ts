import { z } from 'zod';
import { cursor } from '@/lib/address-query';
import { newPassword } from '@/lib/auth/password-field';
import { accountEmail, id, revision, text, textOrEmpty } from '@/lib/fields';
import { STAFF_ROLES } from '@/lib/master/vocabulary';
import { isPlainName, PLAIN_NAME } from '@/lib/plain-name';
import type { FromForm } from '@/lib/revision';

const personId = z.string('Choose a person.').trim().max(24);
/** A built-in role by its name, or a custom one by its id. */
const role = z.union([z.enum(STAFF_ROLES), id('Choose a role.')], 'Choose a role.');

export const personName = text(100, 'Enter a name with at least 2 characters.', 2).refine(
  isPlainName,
  PLAIN_NAME,
);

export const inviteStaffInput = z.object({
  name: personName,
  email: z
    .string('Enter a work e-mail.')
    .trim()
    .max(254, 'Use at most 254 characters.')
    .pipe(accountEmail('Enter an e-mail address such as name@hospital.com.')),
  role,
});
export type InviteStaffInput = z.output<typeof inviteStaffInput>;

/** Lines of a list that are sent together. */
export const MOST_INVITED = 100;

const invitedLine = z.object({
  line: z.number().int().min(1).max(100_000),
  name: z.string().max(300),
  email: z.string().max(300),
  role: z.string().max(100),
});

/** The lines that the browser found nothing wrong with; each is read again, as if it stood in a form. */
export const inviteManyInput = z.object({
  lines: z
    .string()
    .max(90_000)
    .transform((text, check) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        check.addIssue({ code: 'custom', message: 'Paste the list again.' });
        return z.NEVER;
      }
    })
    .pipe(
      z
        .array(invitedLine, 'Paste the list again.')
        .min(1, 'There is no line that can be sent yet.')
        .max(MOST_INVITED, `Send at most ${MOST_INVITED} invitations at once.`),
    ),
});
export type InviteManyInput = z.output<typeof inviteManyInput>;

export const invitationInput = z.object({ invitationId: personId });
export const memberInput = z.object({ userId: personId });
export const changeRoleInput = z.object({ userId: personId, role, version: revision });
export type ChangeRoleInput = FromForm<z.output<typeof changeRoleInput>>;

export const staffProfileInput = z.object({
  userId: personId,
  registrationNumber: textOrEmpty(60),
  room: textOrEmpty(40),
  phone: textOrEmpty(30).refine(
    (value) => value === '' || /^\+?[\d\s().-]{6,}$/.test(value),
    'Enter a phone number with digits.',
  ),
  /** A checkbox: absent means no. */
  seesPatients: z
    .enum(['on', 'true', 'off', 'false', ''])
    .default('')
    .transform((value) => value === 'on' || value === 'true'),
  version: revision,
});
export type StaffProfileInput = FromForm<z.output<typeof staffProfileInput>>;

/** Where somebody may work; none of them means everywhere. */
export const staffBranchesInput = z.object({
  userId: personId,
  branchIds: z.array(id('Choose a branch.')).max(60, 'Choose fewer branches.').default([]),
  version: revision,
});
export type StaffBranchesInput = FromForm<z.output<typeof staffBranchesInput>>;

const token = z.string().max(100);

/** Somebody whom we do not know yet. */
export const acceptAsNewInput = z.object({ token, name: personName, password: newPassword });
/** Somebody who has an account already joins with its password. */
export const acceptAsKnownInput = z.object({
  token,
  password: z.string('Enter your password.').min(1, 'Enter your password.').max(200),
});

/** `?after=` / `?before=` of the staff list; malformed means the first page. */
export const staffListQuery = z.object({
  sort: z.enum(['name', '-name']).catch('name'),
  after: cursor(300),
  before: cursor(300),
});
export type StaffListQuery = z.output<typeof staffListQuery>;
