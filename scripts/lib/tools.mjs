import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { step } from './steps.mjs';
import { count, tally } from './tally.mjs';

/**
 * @typedef {object} Room
 * @property {string} root
 * @property {string} temporary a folder that is removed when the run is over
 * @property {(stop: () => Promise<unknown>) => void} onEnd takes what must be stopped then
 */

/** A program of an installed package. @param {string} root @param {string} path */
export const installed = (root, path) => join(root, 'node_modules', path);

/**
 * One tool that passes or fails as a whole.
 * @param {string} root
 * @param {string} name
 * @param {string[]} args of Node
 * @param {Record<string, string>} [env]
 */
async function check(root, name, args, env) {
  const quietly = { cwd: root, mayFail: true, quiet: true, env: { ...process.env, ...env } };
  const { code, output } = await step(name, () => run(process.execPath, args, quietly));
  // In one piece: tests may run beside it.
  process.stdout.write(output);
  count(code === 0);
}

/**
 * What `npm run verify` checks beside its tests. Each but the first keeps one core busy.
 * @param {string} root
 */
export async function checks(root) {
  await check(root, 'lint', [installed(root, '@biomejs/biome/bin/biome'), 'check', '.']);
  await step('route types', () =>
    run(process.execPath, [installed(root, 'next/dist/bin/next'), 'typegen'], { cwd: root, quiet: true }),
  );
  await check(root, 'types', [installed(root, 'typescript-native/bin/tsc'), ...TYPES], FEWER_COLLECTIONS);
  await check(root, 'layers', [installed(root, 'dependency-cruiser/bin/dependency-cruise.mjs'), ...LAYERS]);
  await check(root, 'unused code', [installed(root, 'knip/bin/knip.js')]);
  // `npm sbom` fails when the lock file does not agree with itself.
  await check(root, 'bill of materials', [join(root, 'scripts/sbom.mjs')]);
}

/** Several checkers work out the same types each, which pays where there are cores to spare. */
const TYPES = ['--noEmit', '--checkers', '1'];
/** Go's: memory is there for the half minute, and collecting it takes a quarter of the time. */
const FEWER_COLLECTIONS = { GOGC: '400' };
const LAYERS = [
  ...['--config', '.dependency-cruiser.cjs'],
  ...['app', 'components', 'features', 'lib', 'server', 'instrumentation.ts', 'middleware.ts', 'dev/stripe'],
];

/** @param {string} file @returns what a test runner wrote down; null when it wrote nothing */
export const readReport = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);

/**
 * Runs some of Vitest's projects and counts what passed.
 * @param {Room} room
 * @param {string[]} projects
 * @param {Record<string, string>} env
 * @param {string[]} files filters
 * @param {number} [workers] Vitest takes one fewer than there are cores: on two, one after the other
 */
export async function vitest({ root, temporary }, projects, env, files, workers = 2) {
  const report = join(temporary, `vitest-${projects.join('-')}.json`);
  const args = [
    'run',
    ...projects.flatMap((name) => ['--project', name]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    `--maxWorkers=${workers}`,
    ...files,
  ];
  const { code } = await step(`tests: ${projects.join(', ')}`, () =>
    run(process.execPath, [installed(root, 'vitest/vitest.mjs'), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      mayFail: true,
    }),
  );
  const result = readReport(report);
  tally.passed += result?.numPassedTests ?? 0;
  tally.failed += result?.numFailedTests ?? 0;
  // A file that could not be loaded, or a runner that died, has no failed test to show for it.
  if (code !== 0 && !result?.numFailedTests) tally.failed++;
}
