import 'server-only';
import type { ClientSession } from 'mongoose';
import { sendAttachments } from '@/features/support/tickets/attachments';
import { mentionedIn } from '@/features/support/tickets/policy';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { type Colleague, listColleagues } from '@/lib/auth/colleagues';
import { env } from '@/lib/env';
import { notFoundError } from '@/lib/errors';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { organizationModel } from '@/lib/master/models/organization';
import { newObjectId, objectId } from '@/lib/mongo';
import { paths } from '@/lib/paths';
import { wakeWorker } from '@/lib/work/queue';
import { customerNoteModel } from './model';
import type { AddNoteInput } from './schema';

/**
 * Writes a note on a customer, with the files that were attached to it, and tells the colleagues that it
 * names. What it says is not in the log.
 * @returns their names.
 * @throws AppError NOT_FOUND, CONFLICT for a file that is gone or another's.
 */
export async function addNote(
  ctx: PlatformContext,
  input: AddNoteInput,
  now = new Date(),
): Promise<{ told: string[] }> {
  const { organizationId, text, attachmentIds } = input;
  const id = objectId(organizationId, 'organization');
  const organization = await organizationModel.findById(id).select('organizationName').lean();
  if (!organization) throw notFoundError('organization');
  const { userId, name } = ctx.actor;
  const named = mentionedIn(text, await listColleagues('organizations:read'));
  const told = named.filter((person) => person.id !== userId);
  await auditedMasterWrite(ctx, async (session) => {
    const _id = newObjectId();
    const mentioned =
      told.length > 0 ? { mentionedIds: told.map((person) => objectId(person.id)), mentionedAt: now } : {};
    await customerNoteModel.create(
      [{ _id, organizationId: id, byId: objectId(userId), byName: name, text, at: now, ...mentioned }],
      { session },
    );
    await sendAttachments(
      { organizationId, userId, by: 'company' },
      attachmentIds,
      { noteId: _id },
      session,
      now,
    );
    const note = { id: _id.toString(), text, by: name, about: organization.organizationName };
    for (const person of told) await mailMention(organizationId, note, person, session);
  });
  if (told.length > 0) wakeWorker();
  return { told: told.map((person) => person.name) };
}

async function mailMention(
  organizationId: string,
  note: { id: string; text: string; by: string; about: string },
  to: Colleague,
  session: ClientSession,
): Promise<void> {
  const mail = composeMail({
    to: to.email,
    subject: `${note.by} names you in a note on ${note.about}`,
    name: to.name,
    paragraphs: [...note.text.split(/\n{2,}/), `${note.by}, in a note on ${note.about}`],
    button: {
      label: 'Open the customer',
      url: `${env().NEXTAUTH_URL}${paths.platformOrganization(organizationId)}`,
    },
  });
  await enqueueMail(`note-mention:${note.id}:${to.id}`, mail, { session });
}
