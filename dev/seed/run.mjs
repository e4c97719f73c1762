import { importModule } from '../../scripts/lib/app.mjs';

const { main } = /** @type {typeof import('./seed.ts')} */ (await importModule('dev/seed/seed.ts'));
await main();
// The borrowed database stays open for as long as the process lives, which is until here.
process.stdout.write('', () => process.exit(0));
