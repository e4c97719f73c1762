import { account, demo, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

test('a session that was ended opens nothing from its very next request on: 200 tries', async ({
  playwright,
}) => {
  const { app } = demo();
  const { email, password } = account('receptionist');
  const headers = { origin: app };
  const paths = [
    '/today',
    '/api/search?q=asha',
    '/api/patients/export',
    '/api/medicines/export',
    '/api/appointments/free-times',
  ];
  let refused = 0;
  for (let round = 0; round < 10; round++) {
    const own = await playwright.request.newContext({ baseURL: app });
    const { csrfToken } = await (await own.get('/api/auth/csrf')).json();
    const form = { csrfToken, email, password, json: 'true' };
    await own.post('/api/auth/callback/credentials', { form, headers });
    // The same cookie in other hands, which sign-out does not take it from.
    const copied = await playwright.request.newContext({
      baseURL: app,
      storageState: await own.storageState(),
    });
    const ask = (path: string) => copied.get(path, { maxRedirects: 0 });
    expect((await ask('/today')).status()).toBe(200);
    await own.post('/api/auth/signout', { form: { csrfToken, json: 'true' }, headers });
    const answers = await Promise.all(Array.from({ length: 4 }, () => paths.map(ask)).flat());
    refused += answers.filter(
      (answer) => answer.status() === 401 || answer.headers().location?.includes('/login'),
    ).length;
    await Promise.all([own.dispose(), copied.dispose()]);
  }
  expect(refused).toBe(200);
});

test('the only owner is told what to do before leaving, and stays', async ({ page }) => {
  const owner = account('owner');
  await signInAs(page, owner);
  await page.goto('/settings/account');
  await page.getByRole('button', { name: 'Leave organization' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Current password').fill(owner.password);
  await dialog.getByRole('button', { name: 'Leave now' }).click();
  await expect(dialog.getByText(/Make somebody else an owner/)).toBeVisible();
  await page.goto('/today');
  await expect(page).toHaveURL(/\/today/);
});

test('the company reads its log by action and result, and takes it away', async ({ page }) => {
  await signInAs(page, account('super-admin'));
  await page.goto('/platform/audit');
  const filters = page.getByRole('form', { name: 'Filter the log' });
  await filters.getByLabel('Action').fill('audit.verify');
  await filters.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/q=audit\.verify/);
  const exported = await page.getByRole('link', { name: 'Export JSON' }).getAttribute('href');
  expect(exported).toContain('q=audit.verify');
  const answer = await page.request.get(exported ?? '');
  expect([answer.status(), answer.headers()['content-type']]).toEqual([
    200,
    expect.stringContaining('ndjson'),
  ]);
});
