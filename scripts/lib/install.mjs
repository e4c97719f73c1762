import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { StepError, step } from './steps.mjs';

const OLDEST = { major: 20, minor: 19 };
/** The newest long-term line, on which the suite is run too. */
const RECOMMENDED_NODE = 24;
/** Lines before this one get no fixes any more. */
const OLDEST_MAINTAINED = 22;

/** @param {string} version */
const partsOf = (version) => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return { major, minor };
};

/** @param {string} [version] of Node @throws StepError when it is too old to work */
export function checkNode(version = process.versions.node) {
  const { major, minor } = partsOf(version);
  if (major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor)) {
    throw new StepError(
      `Node ${version} is too old; Chakravue needs ${OLDEST.major}.${OLDEST.minor} or newer.`,
    );
  }
}

/**
 * What to say about a Node that works and is not maintained any more.
 * @param {string} [version]
 * @returns {string | null}
 */
export function nodeAdvice(version = process.versions.node) {
  if (partsOf(version).major >= OLDEST_MAINTAINED) return null;
  return `Node ${version} works, and gets no security fixes any more. Node ${RECOMMENDED_NODE} is recommended.`;
}

/** `npm ci`, unless node_modules already holds exactly this lock file. @param {string} root */
export async function installPackages(root) {
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.chakravue-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  await step('install packages (npm ci)', async () => {
    await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root });
    writeFileSync(stamp, hash);
  });
}
