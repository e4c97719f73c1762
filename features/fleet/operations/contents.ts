import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentKey, contentNames } from '@/features/patients/files/names';
import { backupPath, type Manifest, readManifest } from '@/lib/archive/backup-folder';
import type { RawDatabase } from '@/lib/archive/content';
import { logger } from '@/lib/logger';
import { backupModel } from '@/lib/master/models/backup';
import { objectId } from '@/lib/mongo';
import { fileStore } from '@/lib/storage/file-store';
import type { OperationRun } from './service/begin';

/*
 * The content of a stored file is sealed with the organization's key and never changes under its name: its
 * id, or one for each of its parts. So each is copied once, into a folder that all backups of an organization
 * share, and every manifest lists which of them belong to it.
 */

type Content = Manifest['contents'][number];

const folderOf = (organizationId: string): string => backupPath(`${organizationId}/files`);
const fileOf = (organizationId: string, { id, sha256 }: Pick<Content, 'id' | 'sha256'>): string =>
  join(folderOf(organizationId), `${id}.${sha256}`);
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What the shared folder holds: id and hash are the name of each copy. */
async function copiesOf(organizationId: string): Promise<Map<string, Content>> {
  const folder = folderOf(organizationId);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const copies = new Map<string, Content>();
  for (const name of await readdir(folder)) {
    const [, id, sha256] = /^([0-9a-f]{24}(?:p\d{1,3})?)\.([0-9a-f]{64})$/.exec(name) ?? [];
    if (id && sha256) copies.set(id, { id, sha256, sizeBytes: (await stat(join(folder, name))).size });
  }
  return copies;
}

/**
 * Copies the content of each file that the database names and that no backup has yet.
 * @returns what the manifest lists.
 */
export async function copyContents(
  run: Pick<OperationRun, 'organizationId' | 'report'>,
  db: RawDatabase,
): Promise<Content[]> {
  const { organizationId } = run;
  const rows = await db
    .collection('files')
    .find({}, { projection: { sizeBytes: 1, partBytes: 1 }, sort: { _id: 1 } })
    .toArray();
  const names = rows.flatMap(({ _id, sizeBytes, partBytes }) =>
    contentNames({ id: String(_id), sizeBytes: Number(sizeBytes), isInParts: Boolean(partBytes) }),
  );
  const copies = await copiesOf(organizationId);
  const store = await fileStore();
  const listed: Content[] = [];
  for (const [index, id] of names.entries()) {
    await run.report('documents', index, names.length);
    const known = copies.get(id);
    if (known) {
      listed.push(known);
      continue;
    }
    const bytes = await store.get(contentKey(organizationId, id));
    if (!bytes) {
      // Deleted a moment ago, or lost: the trial restore cannot tell, so it is said here.
      logger.error({ organizationId, fileId: id }, 'a backup lacks the content of a file');
      continue;
    }
    const content = { id, sha256: hashOf(bytes), sizeBytes: bytes.length };
    const path = fileOf(organizationId, content);
    const part = `${path}.${randomUUID()}.part`;
    await writeFile(part, bytes, { mode: 0o600 });
    await rename(part, path);
    listed.push(content);
  }
  return listed;
}

/** A copy, when it is the one that the manifest lists. */
async function readCopy(organizationId: string, content: Content): Promise<Buffer | null> {
  const bytes = await readFile(fileOf(organizationId, content)).catch(() => null);
  return bytes && hashOf(bytes) === content.sha256 ? bytes : null;
}

/** How many of a backup's copies are lost or altered. */
export async function brokenContents({ organizationId, contents }: Manifest): Promise<number> {
  let broken = 0;
  for (const content of contents) if (!(await readCopy(organizationId, content))) broken++;
  return broken;
}

/** Puts back what the store has lost since, or holds altered. @returns how many are in neither place. */
export async function putContents(run: Pick<OperationRun, 'report'>, manifest: Manifest): Promise<number> {
  const { organizationId, contents } = manifest;
  const store = await fileStore();
  let lost = 0;
  for (const [index, content] of contents.entries()) {
    await run.report('documents', index, contents.length);
    const key = contentKey(organizationId, content.id);
    const present = await store.get(key);
    if (present && hashOf(present) === content.sha256) continue;
    const bytes = await readCopy(organizationId, content);
    if (bytes) await store.put(key, bytes);
    else {
      lost++;
      logger.error({ organizationId, fileId: content.id }, 'the content of a file could not be restored');
    }
  }
  return lost;
}

/** Removes the copies that no backup lists any more. An unreadable manifest keeps them all. */
export async function pruneContents(organizationId: string): Promise<void> {
  const kept = new Set<string>();
  for (const { _id, folder } of await backupModel
    .find({ organizationId: objectId(organizationId) })
    .select('folder')
    .lean()) {
    const manifest = await readManifest(organizationId, _id.toString(), folder);
    for (const { id } of manifest.contents) kept.add(id);
  }
  for (const [id, content] of await copiesOf(organizationId))
    if (!kept.has(id)) await rm(fileOf(organizationId, content), { force: true });
}
