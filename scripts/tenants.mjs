// `npm run tenants -- <verb>`: the fleet of organizations, from an operator's shell.
import { importApp } from './lib/app.mjs';

const { runTenants } = await importApp('lib/features/tenants-command.ts');
process.exit(await runTenants(process.argv.slice(2)));
