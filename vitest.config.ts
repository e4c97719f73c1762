import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));
process.env.TZ = 'Asia/Kathmandu';

const shared = {
  resolve: {
    alias: {
      '@': root.replace(/\/$/, ''),
      'server-only': `${root}node_modules/server-only/empty.js`,
    },
  },
};
const exclude = [...configDefaults.exclude, '.next/**', '.data/**'];

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
        test: {
          name: 'service',
          include: [
            'features/**/*.db.test.ts',
            'lib/**/*.db.test.ts',
            'dev/**/*.db.test.ts',
            'tests/isolation/**/*.db.test.ts',
            'tests/chaos/**/*.db.test.ts',
          ],
          exclude,
          setupFiles: ['tests/setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
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
