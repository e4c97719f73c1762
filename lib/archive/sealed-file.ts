import 'server-only';
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { openFile, sealFile } from '../crypto/field-cipher';

/**
 * Frames: `length (4 bytes) | sealed part`. Each is bound to its place, so none can be left out, moved or cut
 * off.
 */
const PART_BYTES = 1024 * 1024;
const LENGTH_BYTES = 4;
const END = 'end';

const placeOf = (context: string, part: number | typeof END): string => `${context}#${part}`;

/**
 * Writes a stream compressed and sealed with the organization's key.
 * @returns the size and the SHA-256 of the file.
 */
export async function writeSealedFile(
  path: string,
  owner: { organizationId: string; context: string },
  chunks: AsyncIterable<Buffer>,
  options: { compress: boolean } = { compress: true },
): Promise<{ sizeBytes: number; sha256: string }> {
  const file = await open(path, 'w', 0o600);
  const hash = createHash('sha256');
  let [part, sizeBytes] = [0, 0];
  const write = async (place: string, content: Buffer) => {
    const sealed = await sealFile(owner.organizationId, place, content);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(sealed.length);
    for (const bytes of [length, sealed]) {
      hash.update(bytes);
      sizeBytes += bytes.length;
      await file.writeFile(bytes);
    }
  };
  const sink = async (source: AsyncIterable<Buffer>) => {
    let [waiting, bytes]: [Buffer[], number] = [[], 0];
    for await (const chunk of source) {
      waiting.push(chunk);
      bytes += chunk.length;
      if (bytes < PART_BYTES) continue;
      await write(placeOf(owner.context, part++), Buffer.concat(waiting));
      [waiting, bytes] = [[], 0];
    }
    if (bytes > 0) await write(placeOf(owner.context, part++), Buffer.concat(waiting));
    // Says how many parts there were: a file that was cut off has no end.
    await write(placeOf(owner.context, END), Buffer.from(String(part)));
    await file.sync();
  };
  try {
    await (options.compress ? pipeline(chunks, createGzip(), sink) : pipeline(chunks, sink));
    return { sizeBytes, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

async function readExactly(file: FileHandle, bytes: number): Promise<Buffer> {
  const buffer = Buffer.alloc(bytes);
  let read = 0;
  while (read < bytes) {
    const { bytesRead } = await file.read(buffer, read, bytes - read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return buffer.subarray(0, read);
}

/**
 * The parts of a sealed file, opened.
 * @throws Error when a part is missing or altered, or the key is destroyed.
 */
export async function* readParts(
  path: string,
  owner: { organizationId: string; context: string },
): AsyncGenerator<Buffer> {
  const file = await open(path, 'r');
  try {
    let sealed: Buffer | undefined;
    for (let part = 0; ; part++) {
      const length = await readExactly(file, LENGTH_BYTES);
      const next = length.length === LENGTH_BYTES ? await readExactly(file, length.readUInt32BE(0)) : null;
      if (sealed && !next) {
        const parts = await openFile(owner.organizationId, placeOf(owner.context, END), sealed);
        if (Number(parts.toString()) !== part - 1) throw new Error('Parts of the archive are missing');
        return;
      }
      if (!next) throw new Error('The archive is empty');
      if (sealed) yield await openFile(owner.organizationId, placeOf(owner.context, part - 1), sealed);
      sealed = next;
    }
  } finally {
    await file.close();
  }
}

/** Lends the content of a compressed sealed file to `work`. */
export async function readSealedFile<T>(
  path: string,
  owner: { organizationId: string; context: string },
  work: (chunks: AsyncIterable<Buffer>) => Promise<T>,
): Promise<T> {
  let result: { value: T } | undefined;
  await pipeline(readParts(path, owner), createGunzip(), async (source: AsyncIterable<Buffer>) => {
    result = { value: await work(source) };
  });
  if (!result) throw new Error('The archive was not read');
  return result.value;
}
