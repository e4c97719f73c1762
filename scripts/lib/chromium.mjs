import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { StepError, step } from './steps.mjs';

/**
 * The shell first: the same engine without the windows of a browser, which nobody sees, and a story takes a
 * quarter less of the processor. It is what Playwright takes when it brings its own.
 */
const KNOWN = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
/** Of Debian, the first that it knows. */
const PACKAGES = ['chromium-headless-shell', 'chromium'];

/** @returns {string | undefined} the path of the one that is here; without one Playwright's own is used */
export const chromiumHere = () => process.env.CHROMIUM_BINARY || KNOWN.find((path) => existsSync(path));

/** A browser without a window. @param {string} root @returns {Promise<import('playwright').Browser>} */
export async function launchChromium(root) {
  const { chromium } = await import('playwright');
  const executablePath = await ensureChromium(root);
  return chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu'],
  });
}

/**
 * Makes sure that a Chromium is there.
 * @param {string} root
 * @returns {Promise<string | null>} its path; null when Playwright's own is used
 */
export async function ensureChromium(root) {
  const here = chromiumHere();
  if (here && !existsSync(here)) throw new StepError(`CHROMIUM_BINARY (${here}) does not exist.`);
  if (here) return here;
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    await step('install Chromium (apt-get)', async () => {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      await run('apt-get', ['update', '-qq'], { env, quiet: true });
      for (const name of PACKAGES) {
        const asked = { env, quiet: true, mayFail: name !== PACKAGES.at(-1) };
        if ((await run('apt-get', ['install', '-y', '-qq', name], asked)).code === 0) break;
      }
    });
    const installed = chromiumHere();
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
