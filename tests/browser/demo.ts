import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { expect } from 'playwright/test';

export type Account = { role: string; email: string; password: string; organization: string | null };
export type Demo = { app: string; mail: string | null; stripe: string | null; accounts: Account[] };

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

/** Signs in over HTTP, as the login page does; the page itself is driven where it is the subject. */
export async function signInAs(page: Page, who: Pick<Account, 'email' | 'password'>): Promise<void> {
  const { app } = demo();
  const { csrfToken } = await (await page.request.get(`${app}/api/auth/csrf`)).json();
  const answer = await page.request.post(`${app}/api/auth/callback/credentials`, {
    form: { email: who.email, password: who.password, csrfToken, json: 'true', callbackUrl: `${app}/today` },
  });
  const { url } = await answer.json();
  if (!answer.ok() || String(url).includes('error='))
    throw new Error(`Sign-in of ${who.email} failed: ${url}`);
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
  }).toPass({ timeout: 15_000 });
  return link;
}
