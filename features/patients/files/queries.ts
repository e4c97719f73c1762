import 'server-only';
import { createHash } from 'node:crypto';
import { recordAudit } from '@/lib/audit/record';
import { openFile, withFieldCipher } from '@/lib/crypto/field-cipher';
import { AppError, notFoundError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { objectId } from '@/lib/mongo';
import { fileStore } from '@/lib/storage/file-store';
import type { TenantContext } from '@/lib/tenancy/context';
import { type StoredFile, toFile } from './dto';
import { fileModel } from './model';
import { FILES_PER_SUBJECT } from './policy';
import type { Subject } from './schema';
import { contentKey } from './storage';

/** The documents of a subject, newest first: all of them, their number is bounded. */
export async function listFiles(ctx: TenantContext, subject: Subject): Promise<StoredFile[]> {
  const rows = await fileModel(ctx)
    .find({ 'subject.kind': subject.kind, 'subject.id': subject.id })
    .sort({ createdAt: -1, _id: -1 })
    .limit(FILES_PER_SUBJECT)
    .lean();
  return withFieldCipher(ctx.organizationId, (cipher) => rows.map((row) => toFile(row, cipher)));
}

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getFile(ctx: TenantContext, fileId: string): Promise<StoredFile & { sha256: string }> {
  const row = await fileModel(ctx).findById(objectId(fileId, 'document')).lean();
  if (!row) throw notFoundError('document');
  const file = await withFieldCipher(ctx.organizationId, (cipher) => toFile(row, cipher));
  return { ...file, sha256: row.sha256 };
}

/** Which file is the photo of a patient; null where there is none. */
export async function findPortrait(ctx: TenantContext, patientId: string): Promise<StoredFile | null> {
  const [portrait] = await listFiles(ctx, { kind: 'portrait', id: patientId });
  return portrait ?? null;
}

/**
 * The photo that stands in a patient's banner. No event of its own: that the page was opened is one.
 * @throws AppError NOT_FOUND, UNAVAILABLE.
 */
export async function readPortrait(ctx: TenantContext, patientId: string) {
  const portrait = await findPortrait(ctx, objectId(patientId, 'patient').toString());
  if (!portrait) throw notFoundError('photo');
  return readStored(ctx, await getFile(ctx, portrait.id));
}

/**
 * The content of a file, for somebody who opens it: an event of the audit log.
 * @throws AppError NOT_FOUND, UNAVAILABLE.
 */
export async function openStoredFile(
  ctx: TenantContext,
  fileId: string,
): Promise<{ file: StoredFile; content: Buffer }> {
  const opened = await readStored(ctx, await getFile(ctx, fileId));
  const { file } = opened;
  // Before the first byte leaves.
  await recordAudit(ctx, {
    action: 'file.open',
    target: `file:${file.id}`,
    changes: [{ field: file.subject.kind, before: null, after: file.subject.id }],
  });
  return opened;
}

async function readStored(
  ctx: TenantContext,
  { sha256, ...file }: StoredFile & { sha256: string },
): Promise<{ file: StoredFile; content: Buffer }> {
  const sealed = await (await fileStore()).get(contentKey(ctx.organizationId, file.id));
  if (!sealed) {
    logger.error({ organizationId: ctx.organizationId, fileId: file.id }, 'the content of a file is missing');
    const sentence =
      'This document cannot be found in our storage. Please tell support; your data is not changed.';
    throw new AppError('UNAVAILABLE', sentence);
  }
  const content = await openFile(ctx.organizationId, file.id, sealed);
  if (createHash('sha256').update(content).digest('hex') !== sha256) {
    throw new Error('A stored file is not the one that was uploaded');
  }
  return { file, content };
}
