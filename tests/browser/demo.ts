import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Secret, TOTP } from 'otpauth';
import type { Locator, Page } from 'playwright/test';
import { expect } from 'playwright/test';

export type Account = {
  role: string;
  email: string;
  password: string;
  organization: string | null;
  /** The key of an authenticator app, for those whom a password alone does not let in. */
  totpSecret?: string;
};
export type Demo = {
  app: string;
  /** One of the processes behind `app`, past the proxy. */
  process: string;
  mail: string | null;
  stripe: string | null;
  accounts: Account[];
};

/** The running stack, as it wrote itself down. */
export function demo(): Demo {
  const file = process.env.DEMO_FILE ?? '.data/demo.json';
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The first account with a role, in the first or the second demonstration hospital. */
export function account(role: string, hospital: 0 | 1 = 0): Account {
  const { accounts } = demo();
  const hospitals = [
    ...new Set(accounts.map(({ organization }) => organization).filter((name) => name !== null)),
  ];
  const found = accounts.find(
    (one) => one.role === role && (role === 'super-admin' || one.organization === hospitals[hospital]),
  );
  if (!found) throw new Error(`No ${role} in the demonstration data`);
  return found;
}

/**
 * Signs in over HTTP, as the login page does; the page itself is driven where it is the subject. The
 * company's person shares a session with the other stories, unless it is to be an own one: codes come every
 * half minute.
 */
export async function signInAs(
  page: Page,
  who: Pick<Account, 'email' | 'password' | 'totpSecret'>,
  session: 'any' | 'own' = 'any',
): Promise<void> {
  const { app } = demo();
  if (who.totpSecret && session === 'any' && (await takeSharedSession(page))) return;
  const { csrfToken } = await (await page.request.get(`${app}/api/auth/csrf`)).json();
  const answer = await page.request.post(`${app}/api/auth/callback/credentials`, {
    form: { email: who.email, password: who.password, csrfToken, json: 'true', callbackUrl: `${app}/today` },
  });
  const { url } = await answer.json();
  const [problem, step, methods] = (new URL(url, app).searchParams.get('error') ?? '').split(':');
  if (problem === 'SECOND_FACTOR' && step && who.totpSecret) {
    await page.goto(`${app}/login?${new URLSearchParams({ step, methods: methods ?? '' })}`);
    await passSecondStep(page, who.totpSecret);
    if (session === 'any') await shareSession(page);
    return;
  }
  if (!answer.ok() || String(url).includes('error='))
    throw new Error(`Sign-in of ${who.email} failed: ${url}`);
}

const sharedSession = (): string =>
  join(dirname(process.env.DEMO_FILE ?? '.data/demo.json'), 'company-session.json');

async function shareSession(page: Page): Promise<void> {
  const cookies = await page.context().cookies(demo().app);
  const own = cookies.filter(({ name }) => name.includes('session-token'));
  writeFileSync(sharedSession(), JSON.stringify(own));
}

/** @returns whether the session that another story began is there and still open. */
async function takeSharedSession(page: Page): Promise<boolean> {
  try {
    await page.context().addCookies(JSON.parse(readFileSync(sharedSession(), 'utf8')));
  } catch {
    return false;
  }
  const answer = await page.request.get(`${demo().app}/platform/account`, { maxRedirects: 0 });
  if (answer.ok()) return true;
  await page.context().clearCookies();
  return false;
}

/** The second step of a company's person, up to the page that they land on. */
export async function passSecondStep(page: Page, totpSecret: string): Promise<void> {
  const box = page.getByLabel('Authentication code');
  await expect(async () => {
    if (/\/platform(\/(?!login)|$)/.test(new URL(page.url()).pathname)) return;
    await box.fill(await unusedCode(totpSecret));
    await page.getByRole('button', { name: 'Continue' }).click();
    // Refused where another worker has sent a later code meanwhile; the next one is taken then.
    await page.waitForURL(/\/platform(\/(?!login)|$)/, { waitUntil: 'commit', timeout: 8_000 });
  }).toPass({ timeout: 55_000 });
}

const PERIOD_MS = 30_000;

/**
 * A code that no test has used: each works once, and only after the ones before it. The files beside the
 * stack's own say which are taken, because several workers sign in as one person.
 */
async function unusedCode(totpSecret: string): Promise<string> {
  const totp = new TOTP({ secret: Secret.fromBase32(totpSecret) });
  const folder = join(dirname(process.env.DEMO_FILE ?? '.data/demo.json'), 'used-codes');
  mkdirSync(folder, { recursive: true });
  for (;;) {
    const now = Math.floor(Date.now() / PERIOD_MS);
    const last = Math.max(0, ...readdirSync(folder).map(Number));
    // The server takes the code before and the one after the clock's.
    const next = Math.max(last + 1, now - 1);
    if (next > now + 1) await setTimeout((next - 1) * PERIOD_MS - Date.now() + 50);
    try {
      writeFileSync(join(folder, String(next)), '', { flag: 'wx' });
      return totp.generate({ timestamp: next * PERIOD_MS });
    } catch {
      // Another worker has just taken it.
    }
  }
}

/** A link that was mailed to the address and has this in it, as soon as it arrives. */
export async function mailedLink(page: Page, email: string, part: string): Promise<string> {
  const { mail } = demo();
  let link = '';
  await expect(async () => {
    const url = `${mail}/api/messages?to=${encodeURIComponent(email)}`;
    const { messages } = await (await page.request.get(url)).json();
    for (const { id } of messages) {
      const { links } = await (await page.request.get(`${mail}/api/messages/${id}`)).json();
      link ||= links.find((one: string) => one.includes(part)) ?? '';
    }
    expect(link).toContain(part);
  }).toPass();
  return link;
}

/** Waits until React has taken an element over: before that no key is heard, and a selection gets lost. */
export async function untilAlive(element: Locator): Promise<void> {
  await expect
    .poll(() => element.evaluate((node) => Object.keys(node).some((key) => key.startsWith('__reactProps'))))
    .toBe(true);
}
