import { account, demo, passSecondStep, signInAs } from '../browser/demo';
import { signIn } from '../browser/signup';
import { expect, test } from '../browser/test';

test('the company signs in where it stands, and its numbers say the same on each page', async ({ page }) => {
  const admin = account('super-admin');
  await page.goto('/platform/organizations');
  await expect(page).toHaveURL(/\/platform\/login\?next=%2Fplatform%2Forganizations$/);
  await page.getByLabel('Email').fill(admin.email);
  await page.getByLabel('Password').fill(admin.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  // The password alone opens nothing of the company.
  await expect(page.getByLabel('Authentication code')).toBeVisible();
  expect((await page.request.get('/platform/organizations')).url()).toContain('/platform/login');
  await passSecondStep(page, admin.totpSecret ?? '');
  await expect(page).toHaveURL(/\/platform\/organizations$/);

  // Each number is that of the list behind it, and of the revenue page; others sign up meanwhile.
  const figure = (label: string) =>
    page
      .locator('[data-keep-together]')
      .filter({ has: page.getByRole('link', { name: label, exact: true }) })
      .locator('p')
      .first()
      .innerText();
  await expect(async () => {
    await page.goto('/platform');
    const [active, overdue] = [await figure('Active organizations'), await figure('Payment overdue')];
    expect(Number(active)).toBeGreaterThan(1);
    await page.goto('/platform/revenue');
    expect(await figure('Past due')).toBe(overdue);
    await page.goto('/platform/organizations?status=active&kind=customer');
    const summary = new RegExp(`^(${active} organizations|\\d+ of ${active})$`);
    await expect(page.getByText(summary)).toBeVisible({ timeout: 2_000 });
  }).toPass();
});

test('at the hospitals’ sign-in the company lands on its own pages, and a hospital at its own', async ({
  page,
}) => {
  const admin = account('super-admin');
  await signIn(page, admin);
  await passSecondStep(page, admin.totpSecret ?? '');
  await expect(page).toHaveURL(/\/platform$/);
  await page.goto('/today');
  await expect(page).toHaveURL(/\/platform$/);
  await page.context().clearCookies();
  await signInAs(page, account('owner'));
  await page.goto('/platform/login');
  await expect(page).toHaveURL(/\/today$/);
  expect((await page.request.get(`${demo().app}/platform`)).status()).toBe(404);
});
