import type { Page } from 'playwright/test';
import { account, demo, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

const ASKERS = 6;
const ADDRESSES = ['/today', '/queue', '/patients', '/appointments', '/', '/login', '/api/session'];

/** Asks for one page after the other until told to stop. @returns what was not answered well. */
async function ask(page: Page, first: number, isOver: () => boolean) {
  const bad: string[] = [];
  let count = 0;
  for (let turn = first; !isOver(); turn++) {
    const path = ADDRESSES[turn % ADDRESSES.length] ?? '/';
    count++;
    await page.request.get(`${demo().app}${path}`).then(
      (answer) => answer.ok() || bad.push(`${path}: ${answer.status()}`),
      (error: Error) => bad.push(`${path}: ${error.message}`),
    );
  }
  return { bad, count };
}

test('new processes take over one by one: no request is lost, and no typed word', async ({ page }) => {
  test.setTimeout(120_000);
  await signInAs(page, account('receptionist'));
  await page.goto('/queue');
  await expect(page.getByRole('list', { name: 'Queue, in order of turn' })).toBeVisible();
  const lost: string[] = [];
  const board = await page.context().newPage();
  await board.goto('/queue');
  const desk = await page.context().newPage();
  await desk.goto('/patients/new');
  for (const one of [page, board, desk]) {
    one.on('response', (answer) => {
      if (answer.status() >= 400) lost.push(`${answer.url()}: ${answer.status()}`);
    });
  }
  const lastName = `Roller${Date.now()}`;
  await desk.getByLabel('First name').fill('Asha');
  await desk.getByLabel('Last name').fill(lastName);
  await desk.getByLabel('Phone', { exact: true }).fill('9811122233');
  await desk.getByLabel('Date of birth').fill('1961-02-03');
  await desk.getByLabel('Sex').selectOption('female');

  let isOver = false;
  const askers = Array.from({ length: ASKERS }, (_, index) => ask(page, index, () => isOver));
  const restarted = page.request.post(`${demo().app}/_stack/restart`, { timeout: 90_000 });
  void restarted.finally(() => {
    isOver = true;
  });
  // Typed all the while, and kept as drafts at the server all the while.
  await desk.getByText('Address, e-mail and notes').click();
  const address = desk.getByLabel('Address', { exact: true });
  let typed = '';
  for (let house = 1; !isOver; house++) {
    typed += `${house} `;
    await address.fill(typed);
    await desk.waitForTimeout(700);
  }
  expect((await restarted).status()).toBe(204);
  const asked = await Promise.all(askers);
  expect(asked.flatMap(({ bad }) => bad)).toEqual([]);
  expect(asked.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(50);
  expect(lost).toEqual([]);

  await expect(address).toHaveValue(typed);
  await desk.getByRole('button', { name: 'Register patient' }).click();
  await expect(desk).toHaveURL(/\/patients\/[0-9a-f]{24}/);
  await expect(desk.getByText(typed.trim())).toBeVisible();
  // The streams have come back: a screen that was open hears of what happens now.
  await desk.getByRole('link', { name: 'Check in' }).click();
  await desk.getByRole('dialog').getByRole('button', { name: 'Check in' }).click();
  await expect(
    board.getByRole('list', { name: 'Queue, in order of turn' }).getByText(`Asha ${lastName}`),
  ).toBeVisible();
});
