import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { StepError, step } from './steps.mjs';

const OLDEST = [20, 19];

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    throw new StepError(
      `Node ${process.versions.node} is too old; Chakravue needs ${OLDEST.join('.')} or newer.`,
    );
  }
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
