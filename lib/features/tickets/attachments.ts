import 'server-only';
import { createHash } from 'node:crypto';
import type { ClientSession, InferSchemaType, Types } from 'mongoose';
import type { PlatformContext } from '@/lib/actions/platform';
import { recordAudit, recordPlatformAudit } from '@/lib/audit/record';
import { type FieldPlace, openFile, sealFile, withFieldCipher } from '@/lib/crypto/field-cipher';
import { AppError, isAppError, notFoundError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { ticketModel } from '@/lib/master/models/ticket';
import { ticketAttachmentModel } from '@/lib/master/models/ticket-attachment';
import { ticketMessageModel } from '@/lib/master/models/ticket-message';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { takePoint } from '@/lib/rate-limit/limiter';
import { fileStore } from '@/lib/storage/file-store';
import type { TenantContext } from '@/lib/tenancy/context';
import { foundType, readContent } from '../files/content';
import { fileName } from '../files/schema';
import { ownFilter } from './own';
import { ATTACHMENT_MAX_BYTES, ATTACHMENT_TYPES, ATTACHMENTS_MAX, judgeAttachment } from './policy';
import type { AttachmentInput } from './schema';

const FOLDER = 'tickets';
const COLLECTION = 'ticket_attachments';
const HOUR_MS = 60 * 60_000;
/** How long a file waits for the message that it was uploaded for. */
const DRAFT_MS = 24 * HOUR_MS;
const DRAFTS_MAX = 30;
/** Of a mail: more are not even named. */
const LEFT_OUT_MAX = 10;

type Row = InferSchemaType<Awaited<ReturnType<typeof ticketAttachmentModel>>['schema']> & {
  _id: Types.ObjectId;
};
/** Who uploads, and whose key seals it. */
export type Uploader = { organizationId: string; userId: string; by: 'customer' | 'company' };
export type LeftOut = { name: string; sizeBytes: number; sentence: string };

const keyOf = (organizationId: string, id: string): string => `${FOLDER}/${organizationId}/${id}`;
const placeOf = (path: 'name' | 'leftOut', id: string): FieldPlace => ({ collection: COLLECTION, path, id });

/** Text has no mark of its own: it is what can be read as UTF-8 and holds no control characters. */
function isText(content: Buffer): boolean {
  try {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: looked for on purpose
    return !/[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(
      new TextDecoder('utf-8', { fatal: true }).decode(content),
    );
  } catch {
    return false;
  }
}

const typeOf = async (content: Buffer): Promise<string | undefined> =>
  (await foundType(content)) ?? (isText(content) ? 'text/plain' : undefined);

/** Keeps a file until its message is sent. @throws AppError INVALID_INPUT, LIMIT_REACHED, UNAVAILABLE. */
export async function keepAttachment(
  { organizationId, userId, by }: Uploader,
  { name, claimedType, content }: { name: string; claimedType: string; content: Buffer },
  now = new Date(),
) {
  const verdict = judgeAttachment({ name, claimedType, foundType: await typeOf(content) });
  if ('problem' in verdict) throw new AppError('INVALID_INPUT', verdict.problem);
  const attachments = await ticketAttachmentModel();
  const uploadedById = objectId(userId);
  if ((await attachments.countDocuments({ uploadedById, messageId: null })) >= DRAFTS_MAX)
    throw new AppError(
      'LIMIT_REACHED',
      'Many files were attached and never sent. Send your message, or come back tomorrow.',
    );
  const _id = newObjectId();
  const id = _id.toString();
  const sealedName = await withFieldCipher(organizationId, (cipher) =>
    cipher.seal(placeOf('name', id), name),
  );
  const sealed = await sealFile(organizationId, id, content, COLLECTION);
  // The row first: a content without one would never be looked for again.
  await attachments.create({
    _id,
    organizationId: objectId(organizationId),
    by,
    uploadedById,
    name: sealedName,
    contentType: verdict.type,
    sizeBytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    expiresAt: new Date(now.getTime() + DRAFT_MS),
  });
  try {
    await (await fileStore()).put(keyOf(organizationId, id), sealed);
  } catch (error) {
    await attachments.deleteOne({ _id });
    throw error;
  }
  return { id, name, sizeBytes: content.length };
}

async function receive(
  uploader: Uploader,
  { name, claimedType, sizeBytes }: AttachmentInput,
  body: AsyncIterable<Uint8Array>,
) {
  await takePoint('upload.user', uploader.userId);
  const content = await readContent(body, sizeBytes);
  return keepAttachment(uploader, { name, claimedType, content });
}

/** A file for the customer's next message. @throws AppError as keepAttachment. */
export async function attachOwn(ctx: TenantContext, input: AttachmentInput, body: AsyncIterable<Uint8Array>) {
  if (ctx.actor.kind !== 'staff') throw new AppError('FORBIDDEN', 'Only staff write in tickets.');
  const { organizationId } = ctx;
  const kept = await receive({ organizationId, userId: ctx.actor.userId, by: 'customer' }, input, body);
  await recordAudit(ctx, { action: 'ticket.attach', target: `attachment:${kept.id}` });
  return kept;
}

/** A file for the company's next answer in a ticket. @throws AppError NOT_FOUND, and as keepAttachment. */
export async function attachAtDesk(
  ctx: PlatformContext,
  ticketId: string,
  input: AttachmentInput,
  body: AsyncIterable<Uint8Array>,
) {
  const ticket = await (await ticketModel())
    .findById(objectId(ticketId, 'ticket'))
    .select('organizationId')
    .lean();
  if (!ticket) throw notFoundError('ticket');
  const organizationId = ticket.organizationId.toString();
  const kept = await receive({ organizationId, userId: ctx.actor.userId, by: 'company' }, input, body);
  await recordPlatformAudit({
    ...byPlatform(ctx),
    action: 'ticket.attach',
    target: `ticket:${ticketId}`,
    organizationId,
  });
  return kept;
}

const byPlatform = ({ actor, requestId, request }: PlatformContext) => ({
  actor: { kind: 'platform' as const, id: actor.userId, name: actor.name },
  requestId,
  request,
});

/** Files of a mail: those that may be kept, up to the number a message may have, and why the others may not. */
export async function keepMailFiles(
  uploader: Uploader,
  files: readonly { name: string; content: Buffer }[],
  now: Date,
): Promise<{ ids: string[]; leftOut: LeftOut[] }> {
  const ids: string[] = [];
  const leftOut: LeftOut[] = [];
  for (const [index, { name: given, content }] of files.entries()) {
    const name = fileName.safeParse(given).data ?? `attachment-${index + 1}.${await endingOf(content)}`;
    const leave = (sentence: string) => leftOut.push({ name, sizeBytes: content.length, sentence });
    if (content.length > ATTACHMENT_MAX_BYTES) leave(`${name} is too large.`);
    else if (content.length === 0) leave(`${name} is empty.`);
    else if (ids.length >= ATTACHMENTS_MAX) leave(`${name} is one file too many.`);
    else {
      try {
        // What a mail program claims of a file is not worth more than its name.
        ids.push((await keepAttachment(uploader, { name, claimedType: '', content }, now)).id);
      } catch (error) {
        if (!isAppError(error) || error.code === 'UNAVAILABLE') throw error;
        leave(error.message);
      }
    }
  }
  return { ids, leftOut: leftOut.slice(0, LEFT_OUT_MAX) };
}

async function endingOf(content: Buffer): Promise<string> {
  const type = await typeOf(content);
  const known = Object.entries(ATTACHMENT_TYPES).find(([id]) => id === type)?.[1];
  return known?.extensions[0] ?? 'bin';
}

/** Gives uploaded files to the message that is being written. @throws AppError CONFLICT when one is gone, sent, or another's. */
export async function sendAttachments(
  { organizationId, userId, by }: Uploader,
  ids: readonly string[],
  message: { ticketId: Types.ObjectId; messageId: Types.ObjectId },
  session: ClientSession,
  now: Date,
): Promise<void> {
  if (ids.length === 0) return;
  const { modifiedCount } = await (await ticketAttachmentModel()).updateMany(
    {
      _id: op({ $in: ids.map((id) => objectId(id, 'attachment')) }),
      organizationId: objectId(organizationId),
      uploadedById: objectId(userId),
      by,
      messageId: null,
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
  await (await ticketAttachmentModel()).create(rows, { session, ordered: true });
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
  const rows = await (await ticketAttachmentModel()).find({ ticketId: ticket._id }).sort({ _id: 1 }).lean();
  const found = new Map<string, TicketAttachment[]>();
  if (rows.length === 0) return found;
  await withFieldCipher(ticket.organizationId.toString(), (cipher) => {
    found.clear();
    for (const row of rows) {
      const [id, messageId] = [row._id.toString(), row.messageId?.toString() ?? ''];
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

async function sentAttachment(attachmentId: string, within: { organizationId?: Types.ObjectId }) {
  const row = await (await ticketAttachmentModel())
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

/** A file of a ticket that this person may read, and of no internal note. @throws AppError NOT_FOUND for any other. */
export async function openOwnAttachment(ctx: TenantContext, attachmentId: string) {
  const { row, ticketId, messageId } = await sentAttachment(attachmentId, {
    organizationId: objectId(ctx.organizationId),
  });
  const [ticket, message] = await Promise.all([
    (await ticketModel()).exists({ _id: ticketId, ...ownFilter(ctx) }),
    (await ticketMessageModel()).exists({ _id: messageId, isInternal: false }),
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

/** Removes what was uploaded and never sent. An hour late, so that no message that is on its way loses its file. */
export async function removeUnsent(now = new Date()): Promise<number> {
  const attachments = await ticketAttachmentModel();
  const rows = await attachments
    .find({ expiresAt: op({ $lte: new Date(now.getTime() - HOUR_MS) }) })
    .limit(200)
    .select('organizationId')
    .lean();
  const store = await fileStore();
  for (const { _id, organizationId } of rows) {
    await store.delete(keyOf(organizationId.toString(), _id.toString()));
    await attachments.deleteOne({ _id });
  }
  return rows.length;
}

/** Everything that an organization and the company sent each other. @returns how many files. */
export async function removeAttachmentsOf(organizationId: string): Promise<number> {
  const store = await fileStore();
  const keys = await store.list(`${FOLDER}/${organizationId}`);
  for (const key of keys) await store.delete(key);
  await (await ticketAttachmentModel()).deleteMany({ organizationId: objectId(organizationId) });
  return keys.length;
}
