import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

// Next traces a file that is opened by a computed name as "anything in the checkout", so a build made in one
// would carry its history, its tests and what was stored below it.

/** What the standalone server needs; `content` and the programs of threads are read by name. */
const KEPT = [
  ...['.next', 'node_modules', 'public', 'server.js', 'package.json'],
  ...['content', 'lib/mail/parse-mail.cjs'],
];
/** Of a folder that has more than these in a checkout. */
const KEPT_IN = { folder: 'lib/pictures', ending: '.cjs' };

/** @param {string} path */
const isKept = (path) =>
  KEPT.includes(path) || (path.startsWith(`${KEPT_IN.folder}/`) && path.endsWith(KEPT_IN.ending));

/** Removes from a standalone build everything but the product. @param {string} folder */
export function keepProduct(folder, inside = '') {
  for (const name of readdirSync(join(folder, inside))) {
    const path = inside ? `${inside}/${name}` : name;
    if (isKept(path)) continue;
    const leadsOn = [...KEPT, `${KEPT_IN.folder}/`].some((kept) => kept.startsWith(`${path}/`));
    if (leadsOn && statSync(join(folder, path)).isDirectory()) keepProduct(folder, path);
    else rmSync(join(folder, path), { recursive: true });
  }
}
