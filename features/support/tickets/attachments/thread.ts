import 'server-only';
import type { ClientSession, InferSchemaType, Types } from 'mongoose';
import { withFieldCipher } from '@/lib/crypto/field-cipher';
import { AppError } from '@/lib/errors';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { ticketAttachmentModel } from '../model';
import { type LeftOut, placeOf, type Uploader } from './storage';

/**
 * Gives uploaded files to the message that is being written.
 * @throws AppError CONFLICT when one is gone, sent, or another's.
 */
export async function sendAttachments(
  { organizationId, userId, by }: Uploader,
  ids: readonly string[],
  message: { ticketId: Types.ObjectId; messageId: Types.ObjectId } | { noteId: Types.ObjectId },
  session: ClientSession,
  now: Date,
): Promise<void> {
  if (ids.length === 0) return;
  const { modifiedCount } = await ticketAttachmentModel.updateMany(
    {
      _id: op({ $in: ids.map((id) => objectId(id, 'attachment')) }),
      organizationId: objectId(organizationId),
      uploadedById: objectId(userId),
      by,
      messageId: null,
      noteId: null,
      expiresAt: op({ $gt: now }),
    },
    { $set: message, $unset: { expiresAt: '' } },
    { session },
  );
  if (modifiedCount !== ids.length)
    throw new AppError(
      'CONFLICT',
      'An attached file is not there any more. Remove it from the list and attach it again.',
      { field: 'attachmentIds' },
    );
}

/** Names the files of a mail that were not taken. */
export async function noteLeftOut(
  { organizationId, userId, by }: Uploader,
  files: readonly LeftOut[],
  message: { ticketId: Types.ObjectId; messageId: Types.ObjectId },
  session: ClientSession,
): Promise<void> {
  if (files.length === 0) return;
  const rows = await withFieldCipher(organizationId, (cipher) =>
    files.map(({ name, sizeBytes, sentence }) => {
      const _id = newObjectId();
      return {
        _id,
        ...message,
        organizationId: objectId(organizationId),
        uploadedById: objectId(userId),
        by,
        sizeBytes,
        name: cipher.seal(placeOf('name', _id.toString()), name),
        leftOut: cipher.seal(placeOf('leftOut', _id.toString()), sentence),
      };
    }),
  );
  await ticketAttachmentModel.create(rows, { session, ordered: true });
}

export type TicketAttachment = {
  id: string;
  name: string;
  sizeBytes: number;
  /** Why the file of a mail was not taken; it cannot be downloaded then. */
  leftOut: string | null;
};

/** Every file of a thread, in order, by message. */
export async function attachmentsOf(ticket: {
  _id: Types.ObjectId;
  organizationId: Types.ObjectId;
}): Promise<Map<string, TicketAttachment[]>> {
  const rows = await ticketAttachmentModel.find({ ticketId: ticket._id }).sort({ _id: 1 }).lean();
  return named(ticket.organizationId.toString(), rows, ({ messageId }) => messageId);
}

/** The files of notes on a customer, in order, by note. */
export async function noteAttachmentsOf(
  organizationId: string,
  noteIds: readonly Types.ObjectId[],
): Promise<Map<string, TicketAttachment[]>> {
  const rows = await ticketAttachmentModel
    .find({ noteId: op({ $in: [...noteIds] }) })
    .sort({ noteId: 1, _id: 1 })
    .lean();
  return named(organizationId, rows, ({ noteId }) => noteId);
}

type Kept = InferSchemaType<(typeof ticketAttachmentModel)['schema']> & { _id: Types.ObjectId };

async function named(
  organizationId: string,
  rows: readonly Kept[],
  ownerOf: (row: Kept) => { toString(): string } | null | undefined,
): Promise<Map<string, TicketAttachment[]>> {
  const found = new Map<string, TicketAttachment[]>();
  if (rows.length === 0) return found;
  await withFieldCipher(organizationId, (cipher) => {
    found.clear();
    for (const row of rows) {
      const [id, messageId] = [row._id.toString(), ownerOf(row)?.toString() ?? ''];
      const one = {
        id,
        name: cipher.open(placeOf('name', id), row.name),
        sizeBytes: row.sizeBytes,
        leftOut: row.leftOut ? cipher.open(placeOf('leftOut', id), row.leftOut) : null,
      };
      found.set(messageId, [...(found.get(messageId) ?? []), one]);
    }
  });
  return found;
}
