import 'server-only';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStore } from './file-store';

// Keys are made of ids; one that could leave the folder is a bug of ours.
const KEY = /^[0-9a-z]+(\/[0-9a-z]+)*$/;

/** Files in a folder of this machine: for development, tests, and an installation of one server. */
export function folderStore(folder: string): FileStore {
  const pathOf = (key: string): string => {
    if (!KEY.test(key)) throw new Error('This is not a key of a file');
    return join(folder, key);
  };
  return {
    put: async (key, content) => {
      const path = pathOf(key);
      const part = `${path}.${randomUUID()}.part`;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      // Under its name a file is whole or not there.
      await writeFile(part, content, { mode: 0o600 });
      await rename(part, path);
    },
    get: async (key) => {
      try {
        return await readFile(pathOf(key));
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw error;
      }
    },
    delete: (key) => rm(pathOf(key), { force: true }),
  };
}
