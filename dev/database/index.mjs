import { configured } from './configured.mjs';
import { download } from './download.mjs';
import { mongod } from './mongod.mjs';
import { DatabaseError } from './process.mjs';
import { secantusdb } from './secantusdb.mjs';

/**
 * A running server. `stop` ends only what was started here; `ended` gives the exit code of a server that
 * died.
 * @typedef {object} Database
 * @property {string} uri
 * @property {string} engine
 * @property {string} version
 * @property {() => Promise<void>} stop
 * @property {() => Promise<void>} [kill] SIGKILL; there where the server was started here
 * @property {Promise<number | null>} [ended]
 */
/**
 * `dataDir` holds the data and the root password; `port` 0 or missing picks a free one. `cacheMb` is what the
 * embedded server keeps in memory: with more data than that, writing becomes slow. `isTemporary` says that
 * the data goes with the server: the embedded one then answers before it is on the disk.
 * @typedef {{ dataDir: string, port?: number, log?: (line: string) => void, cacheMb?: number | undefined,
 * isTemporary?: boolean }} Options
 */
/**
 * Answers null when it has nothing to offer on this machine, and throws when it has but it fails.
 * @typedef {'cacheMb' | 'isTemporary'} OfSome
 * @typedef {Required<Omit<Options, OfSome>> & Pick<Options, OfSome>} Given
 * @typedef {(options: Given) => Promise<Database | null>} Source
 */

/** In the order of preference. @type {Record<'configured' | 'mongod' | 'secantusdb' | 'download', Source>} */
export const sources = { configured, mongod, secantusdb, download };

/**
 * Starts a server that speaks MongoDB with authentication on, bound to 127.0.0.1, as a replica set.
 * @param {Options} options `dataDir` holds the data and the root password; `port` 0 or missing picks a free
 * one.
 * @returns {Promise<Database>}
 */
export async function start({ dataDir, port = 0, log = () => {}, cacheMb, isTemporary = false }) {
  for (const source of Object.values(sources)) {
    const database = await source({ dataDir, port, log, cacheMb, isTemporary });
    if (database) return database;
  }
  throw new DatabaseError(
    'No database: set MONGODB_URI to a replica set, or MONGOD_BINARY to a mongod 7 or newer, or install Rust (cargo) with a C compiler and cmake so that SecantusDB can be built, or allow mongodb-memory-server to download a mongod.',
  );
}
