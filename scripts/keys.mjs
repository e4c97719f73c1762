// `npm run keys -- status | rotate | rotate-data <organization id>`: the encryption keys, from an operator's shell.
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';

const root = fileURLToPath(new URL('..', import.meta.url));
const jiti = createJiti(import.meta.url, {
  alias: { '@': root.replace(/\/$/, ''), 'server-only': `${root}node_modules/server-only/empty.js` },
});
const { runKeys } = await jiti.import('../lib/features/audit/keys-command.ts');
process.exit(await runKeys(process.argv.slice(2)));
