import 'server-only';
import { withEntry } from '@/lib/audit/audited';
import { settleStaff } from '@/lib/audit/notes';
import { isAppError } from '@/lib/errors';
import type { TenantContext } from '@/lib/tenancy/context';
import { type InviteManyInput, inviteStaffInput } from '../schema';
import { inviteStaff } from './invitations';

/** What became of a line; `refusal` is null where its mail is on the way. */
export type InviteResult = { line: number; email: string; refusal: string | null };

/**
 * Invites the people of a list, one after the other: each line takes its seat, and has its mail and its
 * entry, or is refused for itself. A list that is sent twice invites nobody twice.
 */
export async function inviteMany(ctx: TenantContext, { lines }: InviteManyInput): Promise<InviteResult[]> {
  const results: InviteResult[] = [];
  for (const { line, ...person } of lines)
    results.push({ line, email: person.email, refusal: await inviteOne(ctx, person) });
  return results;
}

type Person = Omit<InviteManyInput['lines'][number], 'line'>;

async function inviteOne(ctx: TenantContext, person: Person): Promise<string | null> {
  const parsed = inviteStaffInput.safeParse(person);
  if (!parsed.success) return parsed.error.issues[0]?.message ?? 'This line is not understood.';
  // That somebody sits at the keyboard whose password it is, is asked for one owner, and not for a list.
  if (parsed.data.role === 'owner') return 'An owner is invited alone, with your password.';
  const inviting = withEntry(ctx, 'staff.invite');
  try {
    await inviteStaff(inviting, parsed.data);
    return null;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return error.message;
  } finally {
    await settleStaff(inviting, inviting.audit);
  }
}
