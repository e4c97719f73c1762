import { existsSync } from 'node:fs';
import { isMongodHere } from './mongod.mjs';
import { installSecantusdb, secantusdbProgram } from './secantusdb-install.mjs';

/**
 * Begins at once what takes minutes on a machine that has no server yet, while packages and the app are got
 * ready. Needs no packages. What goes wrong is said when the server is started, which then tries itself.
 * @param {(line: string) => void} log
 */
export function buildAhead(log) {
  if (process.env.MONGODB_URI || isMongodHere() || existsSync(secantusdbProgram())) return;
  void installSecantusdb(log).catch(() => false);
}
