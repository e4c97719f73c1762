import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** Rows of a past live for a moment: with little room for the young, a fifth of the time is collecting. */
const YOUNG = '--max-semi-space-size=64';

/**
 * Fills an empty stack with two demonstration hospitals, through the product's own services and the payment
 * page's emulator. Does nothing where they are there already.
 * @param {{ root: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<{ role: string, email: string, password: string, organization: string }[]>}
 */
export function seedDemo({ root, env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [YOUNG, join(root, 'dev/seed/run.mjs')], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const onExit = () => child.kill('SIGTERM');
    process.once('exit', onExit);
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      process.removeListener('exit', onExit);
      const last = output.trim().split('\n').at(-1) ?? '';
      if (code !== 0)
        return reject(
          new Error(`The demonstration data could not be made (exit ${code}): ${last.slice(0, 500)}`),
        );
      resolve(JSON.parse(last).accounts);
    });
  });
}
