import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import type { Locator, Page } from 'playwright/test';
import { IDLE_MINUTES } from '../../lib/auth/limits';
import { account, demo, signInAs, untilAlive } from '../browser/demo';
import { checkInNew } from '../browser/front-desk';
import { expect, test } from '../browser/test';

const layerOf = (page: Page): Locator => page.getByRole('dialog', { name: /^Sign in again/ });

test('above the page a PIN is asked after the idle lock, and the authenticator after an ended session', async ({
  page,
}) => {
  const person = account('pharmacist', 1);
  await signInAs(page, person);
  await page.goto('/settings/account');
  const pin = page.getByRole('form', { name: 'PIN' });
  await pin.getByLabel('PIN').fill('582914');
  await pin.getByLabel('Current password').fill(person.password);
  await pin.getByRole('button', { name: 'Save PIN' }).click();
  await expect(pin.getByText('You have a PIN.')).toBeVisible();
  // A computer at which somebody has switched is a shared one: it knows its people by their PINs.
  await page.getByRole('button', { name: /your menu/ }).click();
  await page.getByRole('menuitem', { name: 'Switch user' }).click();
  await expect(page).toHaveURL(/\/switch/);
  await page.getByLabel('PIN').fill('582914');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/(today|settings)/);

  await page.clock.install();
  await page.goto('/medicines/new');
  await page.getByLabel('Name', { exact: true }).fill('Halfway');
  await page.clock.runFor(1_500);
  await page.clock.fastForward(IDLE_MINUTES * 60_000);
  await page.clock.runFor(1_500);
  const layer = layerOf(page);
  await layer.getByLabel('PIN').fill('582914');
  await layer.getByRole('button', { name: 'Continue' }).click();
  await expect(layer).toBeHidden();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Halfway');

  await page.goto('/settings/account/second-factor');
  const setUp = page.locator('form').filter({
    has: page.getByRole('button', { name: 'Set up an authenticator app' }),
  });
  await setUp.getByLabel('Current password').fill(person.password);
  await setUp.getByRole('button', { name: 'Set up an authenticator app' }).click();
  const key = (await page.locator('code').first().innerText()).replace(/\s/g, '');
  const totp = new TOTP({ secret: Secret.fromBase32(key) });
  await page.getByLabel('Code that the app shows').fill(totp.generate());
  await page.getByRole('button', { name: 'Switch it on' }).click();
  await page.getByRole('button', { name: 'I have kept them' }).click();

  const name = `Ended${Date.now()}`;
  await page.goto('/medicines/new');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Reorder level').fill('3');
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Add medicine' }).click();
  await layer.getByLabel('Password').fill(person.password);
  await layer.getByRole('button', { name: 'Sign in' }).click();
  await layer.getByLabel('Authentication code').fill(totp.generate({ timestamp: Date.now() + 30_000 }));
  await layer.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
});

test('leaving asks once while a draft has not reached the server, and never otherwise', async ({ page }) => {
  await signInAs(page, account('receptionist', 1));
  const nav = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Queue' });
  const question = page.getByRole('alertdialog', { name: 'Leave without saving?' });
  await page.goto('/patients');
  // By the app's own links, so that Back is a step within it.
  const register = page.getByRole('link', { name: 'Register patient' }).first();
  await register.click();
  const kept = page.waitForResponse(
    (answer) => answer.url().endsWith('/api/drafts') && answer.status() === 204,
  );
  await page.getByLabel('First name').fill('Kept');
  await kept;
  await nav.click();
  await expect(page).toHaveURL(/\/queue/);
  await expect(question).toHaveCount(0);

  await page.route('**/api/drafts*', (route) => route.abort());
  await page.goBack();
  await expect(page).toHaveURL(/\/patients\/new/);
  await page.getByLabel('First name').fill('Lost');
  await nav.click();
  await expect(question).toHaveCount(1);
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(question).toHaveCount(0);
  await expect(page.getByLabel('First name')).toHaveValue('Lost');
  // Not page.goBack(): it waits for a page that does not come.
  await page.evaluate(() => history.back());
  await expect(question).toHaveCount(1);
  await question.getByRole('button', { name: 'Leave' }).click();
  await expect(page).not.toHaveURL(/\/patients\/new/);
});

test('“Done, to Doctor” saves what is open first', async ({ page }) => {
  await signInAs(page, account('receptionist', 1));
  const waiting = await checkInNew(page, { firstName: 'Open', lastName: `Walker${Date.now()}` });
  const visit = (await waiting.getByRole('link').first().getAttribute('href')) ?? '';
  await page.context().clearCookies();
  await signInAs(page, account('optometrist', 1));
  await page.goto(visit);
  for (const name of ['Call', 'Start']) {
    const button = page.getByRole('button', { name, exact: true });
    // A press so soon after another counts as a double click.
    await expect(async () => {
      await button.click({ timeout: 1_000 });
      await expect(button).toHaveCount(0, { timeout: 2_000 });
    }).toPass();
    await page.waitForTimeout(500);
  }
  const pressure = page.getByRole('form', { name: 'Measurements' }).getByLabel('Right eye, mmHg');
  await pressure.fill('17');
  await page.getByRole('button', { name: 'Done, to Doctor' }).click();
  await expect(page.getByText(/waits at Doctor/)).toBeVisible();
  await page.reload();
  await expect(pressure).toHaveValue('17');
});

/** The addresses of the clinic's pages that need no record, as the app's folders say. */
function addresses(): string[] {
  const root = join(process.cwd(), 'app/(clinic)');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(`${sep}page.tsx`) && !file.includes('['))
    .map((file) => `/${file.split(sep).slice(0, -1).join('/')}`)
    .sort();
}
/** Found on their lists. */
const OF_RECORDS: [list: string, link: RegExp, rest: string][] = [
  ['/patients', /^\/patients\/[0-9a-f]{24}$/, '/edit'],
  ['/medicines', /^\/medicines\/[0-9a-f]{24}$/, '/edit'],
];
const FORM = /<form(?![^>]* (?:role="search"|action="\/))/;
/** Shown in these at most: one form may be many times on a page, as each set is. */
const FORMS_A_PAGE = 3;
const TYPED = 'Typed on a walk';
const OPEN = ':visible:not([readonly]):not([disabled])';
/** A box for words, not one that reads a time or proposes. */
const LINE = `input[name]:is([type="text"], :not([type])):not([inputmode]):not([role="combobox"]):not([name="time"])${OPEN}`;
const BOXES = `textarea${OPEN}, ${LINE}`;

type Kept = { form: string; of: string; fields: Record<string, unknown> };

/** Where several lines may be typed, or else the first box. */
async function boxOf(form: Locator): Promise<Locator> {
  const lines = form.locator(`textarea${OPEN}`);
  return (await lines.count()) > 0 ? lines.first() : form.locator(LINE).first();
}

/** Types into a form. @returns the draft that is kept of it, if it keeps one. */
async function typeInto(page: Page, form: Locator): Promise<Kept | null> {
  const box = await boxOf(form);
  await untilAlive(box);
  const keepsDraft = (await form.getAttribute('autocomplete')) === 'off';
  const kept = keepsDraft
    ? page.waitForRequest(
        (request) => request.method() === 'PUT' && (request.postData() ?? '').includes(TYPED),
        { timeout: 60_000 },
      )
    : null;
  await box.fill(TYPED);
  return kept && (JSON.parse((await kept).postData() ?? '{}') as Kept);
}

/** Saves while there is no connection: what is wrong is said, or that it was not saved; the page stays. */
async function saveInVain(form: Locator): Promise<void> {
  await form.locator('button[type="submit"]').first().click();
  await expect(form.getByRole('alert').or(form.getByRole('status')).first()).toBeVisible();
  await expect(await boxOf(form)).toHaveValue(TYPED);
}

/** Takes back what was typed and not saved, and then removes it. */
async function restore(page: Page, form: Locator, draft: Kept): Promise<void> {
  await expect(form.getByText(/^You typed this on .* and did not save it\.$/)).toBeVisible();
  await form.getByRole('button', { name: 'Restore' }).click();
  // By its name: what is restored may open further boxes above it.
  const [name] = Object.entries(draft.fields).find(([, value]) => value === TYPED) ?? [];
  await expect(form.locator(`[name="${name}"]`)).toHaveValue(TYPED);
  await page.evaluate(
    (query) => fetch(`/api/drafts?${query}`, { method: 'DELETE' }),
    new URLSearchParams({ form: draft.form ?? '', of: draft.of ?? '' }).toString(),
  );
}

test('on every form that the app shows, typing outlives a save without a connection, and drafts come back', async ({
  page,
}) => {
  test.setTimeout(300_000);
  await signInAs(page, account('owner', 1));
  const pages = addresses();
  for (const [list, link, rest] of OF_RECORDS) {
    await page.goto(list);
    const all = await page
      .locator('main a')
      .evaluateAll((links) => links.map((one) => one.getAttribute('href') ?? ''));
    const record = all.find((href) => link.test(href));
    if (record) pages.push(`${record}${rest}`);
  }
  const walked: string[] = [];
  const restored: string[] = [];
  const context = page.context();
  const formsOf = (tab: Page) =>
    tab
      .locator('main form:not([role="search"], [action^="/"])')
      .filter({ has: tab.locator('button[type="submit"]') })
      .filter({ has: tab.locator(BOXES) });
  for (const address of pages) {
    // Most pages have no form but the ones that search, and their markup says so sooner than a browser.
    if (!FORM.test(await (await page.request.get(address)).text())) continue;
    await test.step(address, async () => {
      const tab = await context.newPage();
      await tab.goto(address);
      const count = Math.min(await formsOf(tab).count(), FORMS_A_PAGE);
      const forms = Array.from({ length: count }, (_, index) => index);
      const drafts: [index: number, draft: Kept][] = [];
      for (const index of forms) {
        const form = formsOf(tab).nth(index);
        walked.push(`${address} ${(await form.getAttribute('aria-label')) ?? index}`);
        const draft = await typeInto(tab, form);
        if (draft) drafts.push([index, draft]);
      }
      await context.setOffline(true);
      for (const index of forms) await saveInVain(formsOf(tab).nth(index));
      // Closed while it is offline: what it would try again by itself must not be saved.
      await tab.close();
      await context.setOffline(false);
      if (drafts.length === 0) return;
      const back = await context.newPage();
      await back.goto(address);
      for (const [index, draft] of drafts) {
        await restore(back, formsOf(back).nth(index), draft);
        restored.push(`${address} ${index}`);
      }
      await back.close();
    });
  }
  expect(walked.length, walked.join('\n')).toBeGreaterThan(12);
  expect(restored.length, restored.join('\n')).toBeGreaterThan(5);
});

test('two people save the same settings: nothing is put back, and one’s own next save goes through', async ({
  page,
}) => {
  await signInAs(page, account('owner', 1));
  const context = await page.context().browser()?.newContext({ baseURL: demo().app });
  if (!context) throw new Error('no browser');
  const colleague = await context.newPage();
  await signInAs(colleague, account('owner', 1));
  const [mine, theirs] = [page, colleague].map((one) => one.getByRole('form', { name: 'Letterhead' }));
  if (!mine || !theirs) throw new Error('no form');
  await page.goto('/settings/letterhead');
  await colleague.goto('/settings/letterhead');
  const save = (form: Locator) => form.getByRole('button', { name: 'Save letterhead' }).click();
  const saved = (one: Page) => expect(one.locator('form[data-unsaved]')).toHaveCount(0);

  await theirs.getByLabel('Address').fill('4 Lake Road');
  await save(theirs);
  await saved(colleague);
  await mine.getByLabel('Line at the foot').fill('Call 98450 12345');
  await save(mine);
  await expect(mine.getByText('A colleague has saved this meanwhile.')).toBeVisible();
  await expect(mine.getByLabel('Address')).toHaveValue('4 Lake Road');
  await expect(mine.getByLabel('Line at the foot')).toHaveValue('Call 98450 12345');
  await save(mine);
  await saved(page);
  // The page has taken in its own save, so the next one goes through.
  await mine.getByLabel('Registration numbers').fill('KA-1');
  await save(mine);
  await saved(page);

  // Where both have typed, one is chosen.
  await theirs.getByLabel('Registration numbers').fill('KA-2');
  await save(theirs);
  const choice = theirs.getByRole('group', { name: 'Registration numbers' });
  await expect(choice.getByText('KA-1')).toBeVisible();
  await theirs.getByRole('button', { name: 'Save with these' }).click();
  await saved(colleague);
  await page.reload();
  await expect(mine.getByLabel('Registration numbers')).toHaveValue('KA-2');
  await expect(mine.getByLabel('Address')).toHaveValue('4 Lake Road');
  await expect(mine.getByLabel('Line at the foot')).toHaveValue('Call 98450 12345');
});
