// `npm run tenants -- <verb>`: the fleet of organizations, from an operator's shell.
import { existsSync } from 'node:fs';
import { importApp, OPERATOR_FILE } from './lib/app.mjs';

const [verb, ...args] = process.argv.slice(2);
// Invented hospitals are no part of the product, so their verb is not one of its own.
if (verb === 'pilot') {
  const isDemo = !process.env.MONGODB_URI && existsSync(new URL(`../${OPERATOR_FILE}`, import.meta.url));
  const { pilot } = /** @type {typeof import('../dev/pilot/command.ts')} */ (
    await importApp('dev/pilot/command.ts')
  );
  process.exit(await pilot(args, { isDemo }));
}
const { runTenants } = /** @type {typeof import('../server/commands/tenants.ts')} */ (
  await importApp('server/commands/tenants.ts')
);
process.exit(await runTenants(process.argv.slice(2)));
