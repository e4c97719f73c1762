import 'server-only';
import { sendAttachments } from '@/features/support/tickets/attachments';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { notFoundError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { newObjectId, objectId } from '@/lib/mongo';
import { customerNoteModel } from './model';
import type { AddNoteInput } from './schema';

/**
 * Writes a note on a customer, with the files that were attached to it. What it says is not in the log.
 * @throws AppError NOT_FOUND, CONFLICT for a file that is gone or another's.
 */
export async function addNote(ctx: PlatformContext, input: AddNoteInput, now = new Date()): Promise<void> {
  const { organizationId, text, attachmentIds } = input;
  const id = objectId(organizationId, 'organization');
  if (!(await organizationModel.exists({ _id: id }))) throw notFoundError('organization');
  const { userId, name } = ctx.actor;
  await auditedMasterWrite(ctx, async (session) => {
    const _id = newObjectId();
    await customerNoteModel.create(
      [{ _id, organizationId: id, byId: objectId(userId), byName: name, text, at: now }],
      { session },
    );
    await sendAttachments(
      { organizationId, userId, by: 'company' },
      attachmentIds,
      { noteId: _id },
      session,
      now,
    );
  });
}
