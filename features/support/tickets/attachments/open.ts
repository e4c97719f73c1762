import 'server-only';
import { createHash } from 'node:crypto';
import type { InferSchemaType, Types } from 'mongoose';
import type { PlatformContext } from '@/lib/actions/platform';
import { recordAudit, recordPlatformAudit } from '@/lib/audit/record';
import { openFile, withFieldCipher } from '@/lib/crypto/field-cipher';
import { AppError, notFoundError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { objectId } from '@/lib/mongo';
import { fileStore } from '@/lib/storage/file-store';
import type { TenantContext } from '@/lib/tenancy/context';
import { ticketAttachmentModel, ticketMessageModel, ticketModel } from '../model';
import { visibleFilter } from '../visibility';
import { byPlatform, COLLECTION, keyOf, placeOf } from './storage';

type Row = InferSchemaType<(typeof ticketAttachmentModel)['schema']> & {
  _id: Types.ObjectId;
};
async function sentAttachment(attachmentId: string, within: { organizationId?: Types.ObjectId }) {
  const row = await ticketAttachmentModel
    .findOne({ _id: objectId(attachmentId, 'attachment'), ...within })
    .lean();
  if (!row?.ticketId || !row.messageId || row.leftOut) throw notFoundError('attachment');
  return { row: row as Row, ticketId: row.ticketId, messageId: row.messageId };
}

async function contentOf(row: Row) {
  const [organizationId, id] = [row.organizationId.toString(), row._id.toString()];
  const sealed = await (await fileStore()).get(keyOf(organizationId, id));
  if (!sealed) {
    logger.error({ organizationId, attachmentId: id }, 'the content of an attachment is missing');
    throw new AppError(
      'UNAVAILABLE',
      'This attachment cannot be found in our storage. Please send it again.',
    );
  }
  const content = await openFile(organizationId, id, sealed, COLLECTION);
  if (createHash('sha256').update(content).digest('hex') !== row.sha256)
    throw new Error('A stored attachment is not the one that was uploaded');
  const name = await withFieldCipher(organizationId, (cipher) => cipher.open(placeOf('name', id), row.name));
  return { file: { name, contentType: row.contentType ?? 'application/octet-stream' }, content };
}

/**
 * A file of a ticket that this person may read, and of no internal note.
 * @throws AppError NOT_FOUND for any other.
 */
export async function openOwnAttachment(ctx: TenantContext, attachmentId: string) {
  const { row, ticketId, messageId } = await sentAttachment(attachmentId, {
    organizationId: objectId(ctx.organizationId),
  });
  const [ticket, message] = await Promise.all([
    ticketModel.exists({ _id: ticketId, ...visibleFilter(ctx) }),
    ticketMessageModel.exists({ _id: messageId, isInternal: false }),
  ]);
  if (!ticket || !message) throw notFoundError('attachment');
  const opened = await contentOf(row);
  // Before the first byte leaves.
  await recordAudit(ctx, { action: 'ticket.open-attachment', target: `ticket:${ticketId}` });
  return opened;
}

/** A file of any ticket, for the company's people. @throws AppError NOT_FOUND */
export async function openDeskAttachment(ctx: PlatformContext, attachmentId: string) {
  const { row, ticketId } = await sentAttachment(attachmentId, {});
  const opened = await contentOf(row);
  await recordPlatformAudit({
    ...byPlatform(ctx),
    action: 'ticket.open-attachment',
    target: `ticket:${ticketId}`,
    organizationId: row.organizationId.toString(),
  });
  return opened;
}

/** A file of a note on a customer, for the company's people. @throws AppError NOT_FOUND */
export async function openNoteAttachment(ctx: PlatformContext, attachmentId: string) {
  const row = await ticketAttachmentModel.findOne({ _id: objectId(attachmentId, 'attachment') }).lean();
  if (!row?.noteId) throw notFoundError('attachment');
  const opened = await contentOf(row as Row);
  const organizationId = row.organizationId.toString();
  await recordPlatformAudit({
    ...byPlatform(ctx),
    action: 'customer-note.open-attachment',
    target: `organization:${organizationId}`,
    organizationId,
  });
  return opened;
}
