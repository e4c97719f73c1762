import { importModule } from '../../scripts/lib/app.mjs';

const { main } = /** @type {typeof import('./alive.ts')} */ (await importModule('dev/seed/alive.ts'));
await main();
