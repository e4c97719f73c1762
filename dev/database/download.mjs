import { homedir } from 'node:os';
import { join } from 'node:path';
import { startMongod } from './mongod.mjs';

const VERSION = '8.0.12';

/**
 * A real mongod that mongodb-memory-server downloads into the user's cache folder.
 * @type {import('./index.mjs').Source}
 */
export async function download(options) {
  /** @type {typeof import('mongodb-memory-server-core')} */
  let core;
  try {
    core = await import('mongodb-memory-server-core');
  } catch {
    return null;
  }
  const downloadDir = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'chakravue', 'mongod');
  options.log(`Downloading mongod ${VERSION} into the cache folder; once per machine`);
  let program;
  try {
    program = await core.MongoBinary.getPath({ version: VERSION, downloadDir });
  } catch (error) {
    options.log(
      `  mongod could not be downloaded: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
    );
    return null;
  }
  return startMongod(program, VERSION, options);
}
