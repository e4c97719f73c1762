import 'server-only';
import { createHash } from 'node:crypto';
import { openFile, sealFile } from '@/lib/crypto/field-cipher';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { bufferSource, type Source } from '@/lib/source';
import { fileStore } from '@/lib/storage/file-store';
import { contentKey, type Made, madeName, partName } from './names';

type StoredContent = { id: string; sizeBytes: number; sha256: string; partBytes: number | null };

/**
 * The content of a stored file, opened when it is read. Of one in parts no more than two are in memory; each
 * has a mark of its own, under its own name, and is given out after that was checked.
 * @throws AppError UNAVAILABLE where it is missing.
 */
export function storedSource(organizationId: string, file: StoredContent): Source {
  const { sizeBytes, partBytes } = file;
  if (partBytes) {
    const open = lastTwo((part) => openName(organizationId, partName(file.id, part)));
    return {
      sizeBytes,
      read: (at, length) => readParts(open, partBytes, at, Math.min(length, sizeBytes - at)),
    };
  }
  let whole: Promise<Source> | undefined;
  return {
    sizeBytes,
    read: async (at, length) => {
      whole ??= readWhole(organizationId, file);
      return (await whole).read(at, length);
    },
  };
}

function lastTwo(open: (part: number) => Promise<Buffer>): (part: number) => Promise<Buffer> {
  const held = new Map<number, Promise<Buffer>>();
  return (part) => {
    const known = held.get(part) ?? open(part);
    held.delete(part);
    held.set(part, known);
    for (const old of [...held.keys()].slice(0, -2)) held.delete(old);
    return known;
  };
}

async function readParts(
  open: (part: number) => Promise<Buffer>,
  partBytes: number,
  at: number,
  length: number,
): Promise<Buffer> {
  const found: Buffer[] = [];
  for (let from = at; from < at + length; ) {
    const part = await open(Math.floor(from / partBytes));
    const inside = from % partBytes;
    const piece = part.subarray(inside, Math.min(part.length, inside + at + length - from));
    if (piece.length === 0) break;
    found.push(piece);
    from += piece.length;
  }
  const [only] = found;
  return found.length === 1 && only ? only : Buffer.concat(found);
}

async function readWhole(organizationId: string, { id, sha256 }: StoredContent): Promise<Source> {
  const content = await openName(organizationId, id);
  if (createHash('sha256').update(content).digest('hex') !== sha256)
    throw new Error('A stored file is not the one that was uploaded');
  return bufferSource(content);
}

async function openName(organizationId: string, name: string): Promise<Buffer> {
  const sealed = await (await fileStore()).get(contentKey(organizationId, name));
  if (sealed) return openFile(organizationId, name, sealed);
  logger.error({ organizationId, name }, 'the content of a file is missing');
  const sentence =
    'This document cannot be found in our storage. Please tell support; your data is not changed.';
  throw new AppError('UNAVAILABLE', sentence);
}

/** Seals bytes under the name of a file, of a part of it, or of a picture made of it. */
export async function putSealed(organizationId: string, name: string, content: Uint8Array): Promise<void> {
  const sealed = await sealFile(organizationId, name, Buffer.from(content));
  await (await fileStore()).put(contentKey(organizationId, name), sealed);
}

/**
 * A picture that was made of a file. Backups do not hold it, so after a restore it is made again.
 * @returns null where it cannot be made
 */
export async function readMade(
  organizationId: string,
  fileId: string,
  made: Made,
  make: () => Promise<Uint8Array | null>,
): Promise<Buffer | null> {
  const name = madeName(fileId, made);
  const sealed = await (await fileStore()).get(contentKey(organizationId, name));
  if (sealed) return openFile(organizationId, name, sealed);
  const drawn = await make();
  if (drawn) await putSealed(organizationId, name, drawn);
  return drawn && Buffer.from(drawn);
}
