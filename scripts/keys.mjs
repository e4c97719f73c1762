// `npm run keys -- status | rotate | rotate-data <organization id>`: the encryption keys, from an operator's
// shell.
import { importApp } from './lib/app.mjs';

const { runKeys } = /** @type {typeof import('../server/commands/keys.ts')} */ (
  await importApp('server/commands/keys.ts')
);
process.exit(await runKeys(process.argv.slice(2)));
