import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { StepError, step } from './steps.mjs';

const KNOWN = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Makes sure that a Chromium is there.
 * @param {string} root
 * @returns {Promise<string | null>} its path; null when Playwright's own is used
 */
export async function ensureChromium(root) {
  const given = process.env.CHROMIUM_BINARY;
  if (given) {
    if (!existsSync(given)) throw new StepError(`CHROMIUM_BINARY (${given}) does not exist.`);
    return given;
  }
  const known = KNOWN.find((path) => existsSync(path));
  if (known) return known;
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    await step('install Chromium (apt-get)', async () => {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      await run('apt-get', ['update', '-qq'], { env, quiet: true });
      await run('apt-get', ['install', '-y', '-qq', 'chromium'], { env, quiet: true });
    });
    const installed = KNOWN.find((path) => existsSync(path));
    if (installed) return installed;
  }
  await step("install Playwright's Chromium", () =>
    run(process.execPath, [join(root, 'node_modules/playwright/cli.js'), 'install', 'chromium'], {
      cwd: root,
      quiet: true,
    }),
  );
  return null;
}
