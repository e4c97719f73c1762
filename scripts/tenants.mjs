// `npm run tenants -- <verb>`: the fleet of organizations, from an operator's shell.
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';

const root = fileURLToPath(new URL('..', import.meta.url));
const jiti = createJiti(import.meta.url, {
  alias: { '@': root.replace(/\/$/, ''), 'server-only': `${root}node_modules/server-only/empty.js` },
});
const { runTenants } = await jiti.import('../lib/features/tenants-command.ts');
process.exit(await runTenants(process.argv.slice(2)));
