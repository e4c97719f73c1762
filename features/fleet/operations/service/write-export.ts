import 'server-only';
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import mongoose from 'mongoose';
import { ZipFile } from 'yazl';
import { namePlace } from '@/features/patients/files/dto';
import { storedSource } from '@/features/patients/files/stored';
import { backupPath } from '@/lib/archive/backup-folder';
import { collectionNames, type RawDatabase } from '@/lib/archive/content';
import { readParts, writeSealedFile } from '@/lib/archive/sealed-file';
import type { Branch } from '@/lib/branches';
import type { Cell } from '@/lib/columns';
import { type FieldCipher, isSealed } from '@/lib/crypto/field-cipher';
import { csvLine } from '@/lib/csv';
import { logger } from '@/lib/logger';
import { piecesOf } from '@/lib/source';
import { type ExportTable, exportTables } from '../columns';
import type { OperationRun } from './begin';

const { EJSON } = mongoose.mongo.BSON;

/** The mechanism's own rows say nothing to anybody outside. */
const INTERNAL: readonly string[] = ['_tenant', 'audit_head', 'audit_notes'];
const isInternal = (name: string): boolean => INTERNAL.includes(name);

const archiveFolder = (organizationId: string): string => `${organizationId}/exports`;
export const exportFile = (organizationId: string, id: string): string =>
  `${archiveFolder(organizationId)}/${id}.zip.sealed`;
const ownerOf = (organizationId: string, id: string) => ({ organizationId, context: `export/${id}` });

/** The export, opened while it is read. */
export const readExport = (organizationId: string, id: string): AsyncGenerator<Buffer> =>
  readParts(backupPath(exportFile(organizationId, id)), ownerOf(organizationId, id));

/** Every sealed text in a document, opened; one that does not open stays as it is and is counted. */
function opened(cipher: FieldCipher, collection: string, document: object, onClosed: () => void): unknown {
  const id = '_id' in document ? String(document._id) : '';
  const walk = (value: unknown, path: string): unknown => {
    if (typeof value === 'string' && isSealed(value)) {
      try {
        return cipher.open({ collection, path, id }, value);
      } catch {
        onClosed();
        return value;
      }
    }
    if (Array.isArray(value)) return value.map((one) => walk(one, path));
    if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
      return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, walk(one, path ? `${path}.${key}` : key)]),
    );
  };
  return walk(document, '');
}

/** Other programs read instants and true or false. */
const written = (cell: Cell): string | number | boolean | null =>
  cell instanceof Date ? cell.toISOString() : (cell ?? null);

type Entry = { file: string; count: number; sha256: string };

/** A file of the archive whose figures are known when it has been read. */
function entryOf(file: string, lines: AsyncIterable<string>, entries: Entry[], head = 0): Readable {
  return Readable.from(
    (async function* () {
      const hash = createHash('sha256');
      let count = -head;
      for await (const line of lines) {
        const bytes = Buffer.from(line);
        hash.update(bytes);
        count++;
        yield bytes;
      }
      entries.push({ file, count, sha256: hash.digest('hex') });
    })(),
    { objectMode: false },
  );
}

const fileRows = (db: RawDatabase) =>
  db
    .collection('files')
    .find({}, { projection: { name: 1, sizeBytes: 1, sha256: 1, partBytes: 1 }, sort: { _id: 1 } })
    .toArray();

/** As it was uploaded, without what a path could be made of. */
function fileNameOf(cipher: FieldCipher, id: string, sealedName: unknown): string {
  const name = typeof sealedName === 'string' ? cipher.open(namePlace(id), sealedName) : 'document';
  return name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_');
}

const STEP = 1024 * 1024;

/**
 * A stored file, opened piece by piece. One that is lost or altered ends where that is found: one of them
 * must not keep the owner from all others.
 */
async function* contentOf(
  organizationId: string,
  row: Record<string, unknown>,
  said: { whole: (sha256: string) => void; lost: () => void },
): AsyncGenerator<Buffer> {
  const id = String(row._id);
  const hash = createHash('sha256');
  try {
    const partBytes = row.partBytes ? Number(row.partBytes) : null;
    const place = { id, sizeBytes: Number(row.sizeBytes), sha256: String(row.sha256), partBytes };
    for await (const piece of piecesOf(storedSource(organizationId, place), STEP)) {
      hash.update(piece);
      yield piece;
    }
  } catch (error) {
    logger.error({ err: error, organizationId, fileId: id }, 'a file could not be opened for the export');
    said.lost();
    return;
  }
  said.whole(hash.digest('hex'));
}

type Whose = { name: string; branches: readonly Branch[] };

export async function writeExport(
  run: OperationRun,
  db: RawDatabase,
  cipher: FieldCipher,
  { name, branches }: Whose,
) {
  const tables = exportTables(branches);
  const names = (await collectionNames(db)).filter((one) => !isInternal(one));
  const entries: Entry[] = [];
  const unreadable: Record<string, number> = {};
  const missing: string[] = [];
  const documents = async function* (collection: string): AsyncGenerator<unknown> {
    for await (const row of db.collection(collection).find({}, { sort: { _id: 1 } }))
      yield opened(cipher, collection, row, () => {
        unreadable[collection] = (unreadable[collection] ?? 0) + 1;
      });
  };
  const jsonLines = async function* (collection: string): AsyncGenerator<string> {
    await run.report(collection, names.indexOf(collection), names.length);
    for await (const row of documents(collection))
      yield `${EJSON.stringify(row as object, { relaxed: true })}\n`;
  };
  const tableLines = async function* (collection: string, { headings, cells }: ExportTable) {
    yield csvLine(headings);
    for await (const row of documents(collection)) {
      try {
        yield csvLine(cells(row).map(written));
      } catch {
        // One record that does not fit its model must not stop the export; `data/` has it as it is.
        unreadable[collection] = (unreadable[collection] ?? 0) + 1;
      }
    }
  };

  const zip = new ZipFile();
  const add = (file: string, content: () => Readable) =>
    zip.addReadStreamLazy(file, (give) => {
      const stream = content();
      stream.once('error', (error) => zip.emit('error', error));
      give(null, stream);
    });
  // The files are written one after the other, so the last one knows the others' figures.
  for (const one of names)
    add(`data/${one}.jsonl`, () => entryOf(`data/${one}.jsonl`, jsonLines(one), entries));
  for (const one of names) {
    const known = tables.get(one);
    const file = `tables/${one}.csv`;
    if (known) add(file, () => entryOf(file, tableLines(one, known), entries, 1));
  }
  for (const row of await fileRows(db)) {
    const id = String(row._id);
    const file = `files/${id}-${fileNameOf(cipher, id, row.name)}`;
    // Pictures and PDFs are compressed already.
    zip.addReadStreamLazy(file, { compress: false }, (give) => {
      const content = contentOf(run.organizationId, row, {
        whole: (sha256) => entries.push({ file, count: 1, sha256 }),
        lost: () => missing.push(id),
      });
      give(null, Readable.from(content, { objectMode: false }));
    });
  }
  add('manifest.json', () =>
    Readable.from(
      [
        Buffer.from(
          JSON.stringify(
            {
              ...{ organization: name, organizationId: run.organizationId, branches },
              ...{ files: entries, unreadable, missing },
            },
            null,
            2,
          ),
        ),
      ],
      { objectMode: false },
    ),
  );
  zip.end();

  const path = backupPath(exportFile(run.organizationId, run.id));
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const output = zip.outputStream as unknown as Readable;
  zip.once('error', (error: Error) => output.destroy(error));
  const { sizeBytes } = await writeSealedFile(path, ownerOf(run.organizationId, run.id), output, {
    compress: false,
  });
  if (missing.length > 0)
    logger.error({ organizationId: run.organizationId, missing }, 'an export lacks the content of files');
  if (Object.keys(unreadable).length > 0)
    logger.error(
      { organizationId: run.organizationId, unreadable },
      'an export holds texts that did not open',
    );
  return {
    sizeBytes,
    documents: entries
      .filter(({ file }) => file.startsWith('data/'))
      .reduce((sum, { count }) => sum + count, 0),
  };
}
