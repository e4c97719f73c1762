import 'server-only';
import { createHash } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { z } from 'zod';
import { env } from '../env';
import {
  type CollectionContent,
  collectionNames,
  type RawDatabase,
  readDocuments,
  readIndexes,
  splitDocuments,
  Tally,
  writeCollection,
} from './content';
import { readSealedFile, writeSealedFile } from './sealed-file';

const manifestSchema = z.object({
  organizationId: z.string(),
  backupId: z.string(),
  takenAt: z.string(),
  databaseName: z.string(),
  schemaVersion: z.number(),
  collections: z.array(
    z.object({
      name: z.string(),
      count: z.number(),
      sha256: z.string(),
      file: z.string(),
      fileSha256: z.string(),
      sizeBytes: z.number(),
      indexes: z.array(z.looseObject({ name: z.string(), key: z.record(z.string(), z.unknown()) })),
    }),
  ),
  /** Content of stored files, as sealed as it lies in the store. Older backups have none. */
  contents: z.array(z.object({ id: z.string(), sha256: z.string(), sizeBytes: z.number() })).default([]),
});
export type Manifest = z.output<typeof manifestSchema>;

const MANIFEST = 'manifest';
const contextOf = (backupId: string, name: string): string => `backup/${backupId}/${name}`;

/** Where a backup lies. @throws Error for a name that leads out of BACKUP_DIR. */
export function backupPath(folder: string): string {
  const base = resolve(env().BACKUP_DIR);
  const path = resolve(base, folder);
  if (!path.startsWith(base + sep)) throw new Error('A backup lies below BACKUP_DIR');
  return path;
}

export const removeArchive = (folder: string): Promise<void> =>
  rm(backupPath(folder), { recursive: true, force: true });

/**
 * Writes a database into a folder, one sealed file per collection; the folder exists when it is whole, never
 * before.
 */
export async function writeBackup(
  db: RawDatabase,
  facts: Pick<Manifest, 'organizationId' | 'backupId' | 'takenAt' | 'schemaVersion'> & { folder: string },
  onProgress: (name: string, done: number, total: number) => Promise<void>,
  /** After the collections, so that every file that they name has had its chance. */
  copyContents: () => Promise<Manifest['contents']>,
): Promise<Manifest & { sha256: string }> {
  const { organizationId, backupId, folder } = facts;
  const [final, partial] = [backupPath(folder), `${backupPath(folder)}.partial`];
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  const names = await collectionNames(db);
  const collections: Manifest['collections'] = [];
  for (const [index, name] of names.entries()) {
    await onProgress(name, index, names.length);
    const tally = new Tally();
    const file = `${name}.bson.gz.sealed`;
    const written = await writeSealedFile(
      join(partial, file),
      { organizationId, context: contextOf(backupId, name) },
      tally.pass(readDocuments(db, name)),
    );
    collections.push({
      name,
      count: tally.count,
      sha256: tally.digest(),
      file,
      fileSha256: written.sha256,
      sizeBytes: written.sizeBytes,
      indexes: await readIndexes(db, name),
    });
  }
  const { takenAt, schemaVersion } = facts;
  const manifest = {
    organizationId,
    backupId,
    takenAt,
    schemaVersion,
    databaseName: db.databaseName,
    collections,
    contents: await copyContents(),
  };
  const text = Buffer.from(JSON.stringify(manifest));
  async function* once() {
    yield text;
  }
  await writeSealedFile(
    join(partial, MANIFEST),
    { organizationId, context: contextOf(backupId, MANIFEST) },
    once(),
  );
  // A run that died between this and its row is followed by one that writes it again.
  await rm(final, { recursive: true, force: true });
  await mkdir(dirname(final), { recursive: true, mode: 0o700 });
  await rename(partial, final);
  return { ...manifest, sha256: createHash('sha256').update(text).digest('hex') };
}

/** @throws Error when the manifest was altered or its organization's key is destroyed. */
export async function readManifest(
  organizationId: string,
  backupId: string,
  folder: string,
): Promise<Manifest> {
  const path = join(backupPath(folder), MANIFEST);
  await stat(path);
  const text = await readSealedFile(
    path,
    { organizationId, context: contextOf(backupId, MANIFEST) },
    async (chunks) => {
      const parts: Buffer[] = [];
      for await (const chunk of chunks) parts.push(chunk);
      return Buffer.concat(parts).toString();
    },
  );
  return manifestSchema.parse(JSON.parse(text));
}

/** Fills a database with what a backup holds; whatever was in its collections is gone. */
export async function loadBackup(
  db: RawDatabase,
  manifest: Manifest,
  folder: string,
  onProgress: (name: string, done: number, total: number) => Promise<void>,
): Promise<void> {
  const { organizationId, backupId } = manifest;
  for (const name of await collectionNames(db)) {
    if (!manifest.collections.some((one) => one.name === name)) await db.dropCollection(name);
  }
  for (const [index, { name, file, indexes }] of manifest.collections.entries()) {
    await onProgress(name, index, manifest.collections.length);
    await readSealedFile(
      join(backupPath(folder), file),
      { organizationId, context: contextOf(backupId, name) },
      (chunks) => writeCollection(db, name, splitDocuments(chunks), indexes),
    );
  }
}

/** Reads a backup to its end. @returns the collections that are not what the manifest says. */
export async function readBackup(manifest: Manifest, folder: string): Promise<string[]> {
  const { organizationId, backupId, collections } = manifest;
  const different: string[] = [];
  for (const { name, file, count, sha256 } of collections) {
    const tally = new Tally();
    await readSealedFile(
      join(backupPath(folder), file),
      { organizationId, context: contextOf(backupId, name) },
      async (chunks) => {
        for await (const _ of tally.pass(splitDocuments(chunks)));
      },
    );
    if (tally.count !== count || tally.digest() !== sha256) different.push(name);
  }
  return different;
}

/** What the manifest says the database holds. */
export const contentsIn = (manifest: Manifest): CollectionContent[] =>
  manifest.collections.map(({ name, count, sha256, indexes }) => ({ name, count, sha256, indexes }));
