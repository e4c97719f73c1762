import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';

const root = fileURLToPath(new URL('../..', import.meta.url));
// The product's modules outside Next: its path alias, and `server-only` as Next itself resolves it on a server.
const jiti = createJiti(import.meta.url, {
  alias: { '@': root.replace(/\/$/, ''), 'server-only': `${root}node_modules/server-only/empty.js` },
  jsx: true,
});
const { main } = await jiti.import('./seed.ts');
await main();
// The borrowed database stays open for as long as the process lives, which is until here.
process.stdout.write('', () => process.exit(0));
