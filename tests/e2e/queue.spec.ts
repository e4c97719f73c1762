import { account, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

test('a patient is checked in, called, seen and sent on, and the board shows the token without the name', async ({
  page,
  browser,
}) => {
  await signInAs(page, account('receptionist'));
  await page.goto('/patients/new');
  await page.getByLabel('First name').fill('Zubin');
  const lastName = `Runner${Date.now() % 100_000}`;
  await page.getByLabel('Last name').fill(lastName);
  await page.getByLabel('Phone', { exact: true }).fill(`98${Date.now().toString().slice(-8)}`);
  await page.getByLabel('Date of birth').fill('1969-11-12');
  await page.getByLabel('Sex').selectOption('male');
  // By keyboard: Enter in the last field registers, and Enter in the dialog checks in.
  await page.getByLabel('Sex').press('Enter');
  await page.getByRole('link', { name: 'Check in' }).click();
  const checkIn = page.getByRole('dialog').getByRole('button', { name: 'Check in' });
  await expect(checkIn).toBeFocused();
  await page.keyboard.press('Enter');

  const row = page
    .getByRole('list', { name: 'Queue, in order of turn' })
    .getByRole('listitem')
    .filter({ hasText: `Zubin ${lastName}` });
  await expect(row).toContainText('Optometry');
  const ends = await page
    .getByRole('list', { name: 'Queue, in order of turn' })
    .getByRole('listitem')
    .locator('> div:last-child')
    .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().left)));
  expect(ends.length).toBeGreaterThan(2);
  expect(new Set(ends).size).toBe(1);
  const board = await (await browser.newContext()).newPage();
  await signInAs(board, account('owner'));
  await board.goto('/queue/board');

  await row.getByRole('button', { name: 'Call', exact: true }).click();
  const calledAt = Date.now();
  await expect(board.getByRole('region', { name: 'Now called' })).toContainText('Optometry', {
    timeout: 60_000,
  });
  await expect(board.getByText('Zubin')).toHaveCount(0);

  // A second press within 400 ms is a double click, and the board is quicker than that.
  await expect.poll(() => Date.now() - calledAt).toBeGreaterThan(400);
  await row.getByRole('button', { name: 'Start', exact: true }).click();
  await row.getByRole('button', { name: /^Done/ }).click();
  await expect(row).toContainText('Doctor');
});

test('everybody begins at their own station, and sees the line of one doctor', async ({ page }) => {
  await signInAs(page, account('optometrist'));
  await page.goto('/queue');
  const stations = page.getByRole('navigation', { name: 'Stations' });
  await expect(stations.getByRole('link', { name: /^Optometry/ })).toHaveAttribute('aria-current', 'page');
  await stations.getByRole('link', { name: /^Everybody/ }).click();
  await expect(page).toHaveURL(/station=all/);
  const rows = page.getByRole('list', { name: 'Queue, in order of turn' }).getByRole('listitem');
  const all = await rows.count();
  await page.getByLabel('Doctor', { exact: true }).selectOption({ label: 'Whoever is free' });
  await expect(page).toHaveURL(/doctor=any/);
  await expect.poll(() => rows.count()).toBeLessThan(all);

  // A browser has six connections over HTTP/1.1: a tab that nobody sees gives its own back.
  const isStream = (request: { url: () => string }) => request.url().endsWith('/api/queue/stream');
  const show = (isHidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event('visibilitychange'));
    }, isHidden);
  const closed = page.waitForEvent('requestfailed', { predicate: isStream, timeout: 60_000 });
  await show(true);
  await closed;
  const opened = page.waitForRequest(isStream);
  await show(false);
  await opened;
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible();
});

test('a list keeps its place when one comes back to it', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 400 });
  await signInAs(page, account('receptionist'));
  await page.goto('/patients');
  const rows = page.getByRole('table', { name: 'Patients' }).getByRole('link');
  await rows.last().scrollIntoViewIfNeeded();
  const left = await page.evaluate(() => scrollY);
  expect(left).toBeGreaterThan(100);
  await rows.last().click();
  await expect(page.getByRole('heading', { name: 'Details' })).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel('Search patients')).toBeVisible();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(left);
});

test('a press in the queue answers at once, and is put back with a sentence when it is refused', async ({
  page,
}) => {
  await signInAs(page, account('receptionist'));
  await page.goto('/queue?station=all');
  const rows = page.getByRole('list', { name: 'Queue, in order of turn' }).getByRole('listitem');
  const row = rows.filter({ has: page.getByRole('button', { name: 'Call', exact: true }) }).first();
  const name = await row.getByRole('link').first().innerText();
  const same = rows.filter({ hasText: name });
  // The answer takes two seconds; the page does not wait for it.
  let answers = 0;
  await page.route('**/queue*', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    answers++;
    return route.fallback();
  });
  const took = await same.getByRole('button', { name: 'Call', exact: true }).evaluate(
    (button: HTMLElement) =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        const watch = new MutationObserver(() => {
          if (button.textContent?.trim() === 'Start') resolve(performance.now() - start);
        });
        watch.observe(button, { childList: true, subtree: true, characterData: true });
        button.click();
        // A double click is one press.
        button.click();
      }),
  );
  expect(took).toBeLessThan(100);
  expect(answers).toBe(0);
  await expect.poll(() => answers).toBe(1);
  await page.unroute('**/queue*');
  await page.reload();
  await expect(same.getByRole('button', { name: 'Start', exact: true })).toBeVisible();
  expect(answers).toBe(1);

  // As if the step had ended meanwhile: it is not there any more.
  await page.route('**/queue*', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    const body = route
      .request()
      .postData()
      ?.replace(/(entryId"\r?\n\r?\n)[0-9a-f]{24}/, `$1${'0'.repeat(24)}`);
    return route.fallback(body ? { postData: body } : {});
  });
  await same.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByText(/could not find|moved on meanwhile/i)).toBeVisible();
  await expect(same.getByRole('button', { name: 'Start', exact: true })).toBeVisible();
});
