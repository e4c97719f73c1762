import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));
process.env.TZ = 'Asia/Kathmandu';
// Hospitals of the tests sit in India and pay in dollars; price-list.db.test.ts sells in all currencies.
process.env.BILLING_CURRENCIES ??= 'usd';

const shared = {
  resolve: {
    alias: {
      '@': root.replace(/\/$/, ''),
      'server-only': `${root}node_modules/server-only/empty.js`,
    },
  },
};
const exclude = [...configDefaults.exclude, '.next/**', '.data/**'];

const withDatabase = ['features', 'lib', 'dev', 'tests/isolation', 'tests/chaos'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.db.test.ts'))
    .map((file) => `${folder}/${file}`),
);
/**
 * Whether a process may run it after others: tests of the clinic's own wings, which put nothing in a module's
 * place and say nothing before modules load. What asks Stripe or a vendor keeps a client for its own address.
 */
const isShared = (file: string): boolean =>
  /^features\/(cashier|dispensary|frontdesk|insight|patients|pharmacy|record)\//.test(file) &&
  !/\bvi\.(mock|doMock|resetModules)\(|\bprocess\.env\b|\bstartStripe\(/.test(
    readFileSync(join(root, file), 'utf8'),
  );
const service = { exclude, setupFiles: ['tests/setup.ts'], testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  ...shared,
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          // The first paper of a run loads every font; a busy machine takes its time over it.
          testTimeout: 30_000,
          include: [
            'features/**/*.test.{ts,tsx}',
            'lib/**/*.test.ts',
            'components/**/*.test.{ts,tsx}',
            'dev/**/*.test.ts',
            'scripts/**/*.test.ts',
            'server/**/*.test.ts',
          ],
          exclude: [...exclude, '**/*.db.test.ts', 'dev/stripe/contract/**'],
          setupFiles: ['tests/setup.ts'],
        },
      },
      {
        ...shared,
        test: { ...service, name: 'service', include: withDatabase.filter((file) => !isShared(file)) },
      },
      // Loading the product takes longer than most of these tests, so a process loads it once for many files.
      {
        ...shared,
        test: {
          ...service,
          name: 'service-shared',
          include: withDatabase.filter(isShared),
          setupFiles: [...service.setupFiles, 'tests/setup-shared.ts'],
          isolate: false,
        },
      },
      {
        ...shared,
        test: {
          name: 'contract',
          include: ['dev/stripe/contract/*.test.ts'],
          exclude,
          setupFiles: ['tests/setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'architecture',
          include: ['tests/architecture/**/*.test.ts'],
          exclude: [...exclude, 'tests/architecture/layers.test.ts'],
          setupFiles: ['tests/setup.ts'],
          testTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'layers',
          include: ['tests/architecture/layers.test.ts'],
          setupFiles: ['tests/setup.ts'],
          // It writes files for the layer checker to refuse; the tests that read the tree must not meet them.
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
        },
      },
    ],
  },
});
