import 'server-only';
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { foundType, readContent } from '@/features/patients/files/content';
import { fileName } from '@/features/patients/files/schema';
import type { PlatformContext } from '@/lib/actions/platform';
import { recordAudit, recordPlatformAudit } from '@/lib/audit/record';
import { sealFile, withFieldCipher } from '@/lib/crypto/field-cipher';
import { AppError, isAppError, notFoundError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { newObjectId, objectId } from '@/lib/mongo';
import { takePoint } from '@/lib/rate-limit/limiter';
import { fileStore } from '@/lib/storage/file-store';
import type { TenantContext } from '@/lib/tenancy/context';
import { ticketAttachmentModel, ticketModel } from '../model';
import { ATTACHMENT_MAX_BYTES, ATTACHMENT_TYPES, ATTACHMENTS_MAX, judgeAttachment } from '../policy';
import type { AttachmentInput } from '../schema';
import { byPlatform, COLLECTION, HOUR_MS, keyOf, type LeftOut, placeOf, type Uploader } from './storage';

/** How long a file waits for the message that it was uploaded for. */
const DRAFT_MS = 24 * HOUR_MS;
const DRAFTS_MAX = 30;
/** Of a mail: more are not even named. */
const LEFT_OUT_MAX = 10;

/** Text has no mark of its own: it is what can be read as UTF-8 and holds no control characters. */
const isText = (content: Buffer): boolean => isUtf8(content) && !content.some(isControl);
/** Other than tab and the ends of lines and pages. */
const isControl = (byte: number): boolean =>
  byte === 0x7f || (byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d].includes(byte));

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
  const uploadedById = objectId(userId);
  if (
    (await ticketAttachmentModel.countDocuments({ uploadedById, messageId: null, noteId: null })) >=
    DRAFTS_MAX
  )
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
  await ticketAttachmentModel.create({
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
    await ticketAttachmentModel.deleteOne({ _id });
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
  const ticket = await ticketModel.findById(objectId(ticketId, 'ticket')).select('organizationId').lean();
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

/** A file for the company's next note on a customer. @throws AppError NOT_FOUND, and as keepAttachment. */
export async function attachToNote(
  ctx: PlatformContext,
  organizationId: string,
  input: AttachmentInput,
  body: AsyncIterable<Uint8Array>,
) {
  if (!(await organizationModel.exists({ _id: objectId(organizationId, 'organization') })))
    throw notFoundError('organization');
  const kept = await receive({ organizationId, userId: ctx.actor.userId, by: 'company' }, input, body);
  await recordPlatformAudit({
    ...byPlatform(ctx),
    action: 'customer-note.attach',
    target: `organization:${organizationId}`,
    organizationId,
  });
  return kept;
}

/**
 * Files of a mail: those that may be kept, up to the number a message may have, and why the others may not.
 */
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
