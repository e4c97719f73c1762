// `npm run pictures`: makes the pictures of the landing page and of the help from the demo that runs here,
// light and dark, so that they show the product of today. Start `npm run demo` first; two years of history
// make them full. `npm run pictures -- queue today` makes those alone.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Secret, TOTP } from 'otpauth';
import sharp from 'sharp';
import { launchChromium } from './lib/chromium.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = join(root, 'public', 'screenshots');
const SIZE = { width: 1440, height: 900 };
/** For phones, which show it at half of its width or less. */
const SMALL = 720;

/**
 * @typedef {import('playwright').Page} Page
 * @typedef {string | ((page: Page) => Promise<string>)} Path
 * @typedef {{ name: string, as: string, path: Path }} Shot
 */

/** The visit of who is next in the queue. @param {Page} page */
async function aVisit(page) {
  await page.goto(`${app}/queue`);
  const rows = page.getByRole('list', { name: 'Queue, in order of turn' });
  return (await rows.getByRole('link').first().getAttribute('href')) ?? '/queue';
}

/** @type {Shot[]} */
const SHOTS = [
  { name: 'today', as: 'owner', path: '/today' },
  { name: 'patients', as: 'owner', path: '/patients' },
  { name: 'queue', as: 'owner', path: '/queue' },
  { name: 'examination', as: 'owner', path: aVisit },
  { name: 'reports', as: 'owner', path: '/reports/analytics' },
  { name: 'platform', as: 'super-admin', path: '/platform' },
  { name: 'register', as: 'receptionist', path: '/patients/new' },
  { name: 'appointments', as: 'receptionist', path: '/appointments' },
  { name: 'board', as: 'receptionist', path: '/queue/board' },
  { name: 'prescribe', as: 'owner', path: async (page) => `${await aVisit(page)}/prescribe` },
  { name: 'pharmacy', as: 'pharmacist', path: '/pharmacy' },
  { name: 'medicines', as: 'pharmacist', path: '/medicines' },
  { name: 'cashier', as: 'cashier', path: '/cashier' },
];

const file = process.env.DEMO_FILE ?? join(root, '.data', 'demo.json');
/**
 * @typedef {{ role: string, email: string, password: string, totpSecret?: string }} Account
 * @type {{ app: string, accounts: Account[] }}
 */
const { app, accounts } = readDemo();

function readDemo() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    process.stderr.write('No demo runs here. Start it with `npm run demo`, then run this again.\n');
    process.exit(1);
  }
}

/** @param {import('playwright').Browser} browser @param {string} role */
async function signedIn(browser, role) {
  const who = accounts.find((one) => one.role === role);
  if (!who) throw new Error(`The demo has no ${role}.`);
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  const { csrfToken } = await (await page.request.get(`${app}/api/auth/csrf`)).json();
  const { email, password, totpSecret } = who;
  const answer = await page.request.post(`${app}/api/auth/callback/credentials`, {
    form: { email, password, csrfToken, json: 'true', callbackUrl: `${app}/today` },
  });
  const { url } = await answer.json();
  const [, step = '', methods = ''] = (new URL(url, app).searchParams.get('error') ?? '').split(':');
  if (step && totpSecret) {
    await page.goto(`${app}/login?${new URLSearchParams({ step, methods })}`);
    const code = new TOTP({ secret: Secret.fromBase32(totpSecret) }).generate();
    await page.getByLabel('Authentication code').fill(code);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(/\/platform(?!\/login)/);
  }
  return page;
}

const wanted = new Set(process.argv.slice(2));
const shots = SHOTS.filter(({ name }) => wanted.size === 0 || wanted.has(name));
const browser = await launchChromium(root);
/** @type {Map<string, Page>} */
const pages = new Map();
try {
  for (const { name, as, path } of shots) {
    const page = pages.get(as) ?? (await signedIn(browser, as));
    pages.set(as, page);
    await page.setViewportSize(SIZE);
    const address = typeof path === 'string' ? path : await path(page);
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto(`${app}${address}`);
      await page.locator('h1').first().waitFor();
      // What is streamed below the gate stands where its skeleton was.
      await page.getByRole('status').filter({ hasText: 'Loading' }).last().waitFor({ state: 'detached' });
      await page.waitForLoadState('load');
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      const picture = sharp(await page.screenshot());
      const file = join(FOLDER, `${name}-${colorScheme}`);
      // Small letters on plain grounds: nearly lossless is smaller than lossy, until it is made smaller.
      await picture.clone().webp({ nearLossless: true, quality: 60, effort: 6 }).toFile(`${file}.webp`);
      await picture.resize(SMALL).webp({ quality: 80, effort: 6 }).toFile(`${file}-${SMALL}.webp`);
    }
    process.stdout.write(`- ${name}\n`);
  }
} finally {
  await browser.close();
}
