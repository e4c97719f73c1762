import { account, demo, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

test('support asks, the owner allows, support looks, the owner reads what it did and ends it', async ({
  page,
  browser,
}) => {
  const owner = account('owner', 1);
  const hospital = owner.organization ?? '';
  // Its session goes into the hospital.
  await signInAs(page, account('super-admin'), 'own');
  // Without a grant the way to a hospital's pages ends on the company's own.
  const refused = await page.request.get(`${demo().app}/today`);
  expect(new URL(refused.url()).pathname).toBe('/platform');

  await page.goto('/platform/organizations');
  await page.getByRole('link', { name: hospital }).click();
  await page.getByRole('button', { name: 'Ask for access' }).click();
  await page.getByLabel('Reason').fill('The waiting list stands still since this morning');
  await page.getByRole('button', { name: 'Ask the owner' }).click();
  await expect(page.getByText('Waiting for the owner')).toBeVisible();

  const context = await browser.newContext({ baseURL: demo().app });
  const ownersPage = await context.newPage();
  await signInAs(ownersPage, owner);
  await ownersPage.goto('/settings/support-access');
  await expect(ownersPage.getByText('The waiting list stands still since this morning')).toBeVisible();
  await ownersPage.getByRole('button', { name: 'Allow' }).click();
  await ownersPage.getByLabel('Current password').last().fill(owner.password);
  await ownersPage.getByRole('button', { name: 'Allow access' }).click();
  await expect(ownersPage.getByRole('button', { name: 'Revoke' })).toBeVisible();

  await page.reload();
  await page.getByRole('button', { name: 'Enter workspace' }).click();
  await expect(page).toHaveURL(/\/today$/);
  await expect(page.getByText(`is looking at ${hospital} until`)).toContainText('read-only');
  await page.goto('/patients');
  await expect(page.getByText(`is looking at ${hospital} until`)).toBeVisible();
  expect((await page.request.get(`${demo().app}/patients/new`)).status()).toBe(403);
  expect((await page.request.get(`${demo().app}/api/patients/export`)).status()).toBe(403);

  await ownersPage.reload();
  await ownersPage.getByText(/^What was done/).click();
  await expect(ownersPage.getByText('Looked at').first()).toBeVisible();
  await expect(ownersPage.getByText(/\/patients · .*support, allowed by/).first()).toBeVisible();
  await ownersPage.getByRole('button', { name: 'Revoke' }).click();
  await ownersPage.getByRole('button', { name: 'Revoke access' }).click();
  await expect(ownersPage.getByText('Nobody of Chakravue can look inside')).toBeVisible();

  const ended = await page.request.get(`${demo().app}/patients`);
  expect(new URL(ended.url()).pathname).toBe('/platform');
  await context.close();
});
