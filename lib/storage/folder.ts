import 'server-only';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStore } from './file-store';

// Keys are made of ids; one that could leave the folder is our bug.
const KEY = /^[0-9a-z]+(\/[0-9a-z]+)*$/;

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

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
        if (isMissing(error)) return null;
        throw error;
      }
    },
    list: async (prefix) => {
      const found = await readdir(pathOf(prefix), { withFileTypes: true }).catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      });
      // What a killed upload left under a name of its own is nobody's file.
      return found.filter((one) => one.isFile() && KEY.test(one.name)).map(({ name }) => `${prefix}/${name}`);
    },
    delete: (key) => rm(pathOf(key), { force: true }),
  };
}
