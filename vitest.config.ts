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

/** Files of these folders, from the root. */
const filesOf = (folders: string[], name: RegExp) =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file}`)
      .filter((file) => name.test(file) && !/(^|\/)node_modules\//.test(file)),
  );
const withDatabase = filesOf(['features', 'lib', 'dev', 'tests/isolation', 'tests/chaos'], /\.db\.test\.ts$/);
const withoutDatabase = filesOf(
  ['features', 'lib', 'components', 'dev', 'scripts', 'server'],
  /\.test\.tsx?$/,
).filter((file) => !/\.db\.test\.ts$|^dev\/stripe\/contract\//.test(file));
const sourceOf = (file: string): string => readFileSync(join(root, file), 'utf8');
/** Whether it puts something in the place of what the process has, or has a Stripe of its own. */
const leavesTraces = (file: string): boolean =>
  /\bvi\.(mock|doMock|resetModules|stub\w+|spyOn|useFakeTimers)\(|\bstartStripe\(|\bprocess\.env\b|\bglobalThis\b/.test(
    sourceOf(file),
  );
/** Whether it says who asks. All of these have the same put in the place of the session and of Next. */
const isAsked = (file: string): boolean => sourceOf(file).includes("from '@/tests/emulators/request'");
/**
 * Whether a process may run it after others: it puts nothing of its own in a module's place. Tests of
 * connections, workers and limits are about what a process keeps.
 */
const isShared = (file: string): boolean =>
  /^(?:features|lib\/(?:audit|crypto|drafts|master|pdf)|dev\/(?:pilot|seed))\//.test(file) &&
  !isAsked(file) &&
  !/\bvi\.(mock|doMock|resetModules)\(/.test(sourceOf(file));
// The first paper of a run loads every font; a busy machine takes its time over it.
const unit = { exclude, setupFiles: ['tests/setup.ts'], testTimeout: 30_000 };
const service = {
  exclude,
  setupFiles: ['tests/setup.ts', 'tests/setup-database.ts'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  ...shared,
  test: {
    // Each project has a server of its own, and a source is compiled by the first one that needs it.
    experimental: { fsModuleCache: true },
    projects: [
      // As with a database: a process loads what they test once for many files.
      {
        ...shared,
        test: {
          ...unit,
          name: 'unit',
          include: withoutDatabase.filter((file) => !leavesTraces(file)),
          isolate: false,
        },
      },
      { ...shared, test: { ...unit, name: 'unit-apart', include: withoutDatabase.filter(leavesTraces) } },
      {
        ...shared,
        test: {
          ...service,
          name: 'service',
          include: withDatabase.filter((file) => !isShared(file) && !isAsked(file)),
        },
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
          ...service,
          name: 'service-asked',
          include: withDatabase.filter(isAsked),
          setupFiles: [...service.setupFiles, 'tests/setup-shared.ts', 'tests/setup-asked.ts'],
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
          // Five of them load every action.
          isolate: false,
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
