import { account, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

test('the company backs a hospital up; its owner begins to close the account, and keeps it', async ({
  page,
  browser,
}) => {
  const owner = account('owner', 1);
  const hospital = owner.organization ?? '';
  await signInAs(page, account('super-admin'));
  await page.goto('/platform/organizations');
  await page.getByRole('link', { name: hospital }).click();
  await page.getByRole('button', { name: 'Back up now' }).click();
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('list', { name: 'Backups' })).toBeVisible({ timeout: 1_000 });
  }).toPass();

  const context = await browser.newContext();
  const owners = await context.newPage();
  await signInAs(owners, owner);
  await owners.goto('/settings/close-account');
  await owners.getByRole('button', { name: 'Close account' }).click();
  await owners.getByLabel('Name of your organization').fill('Another name');
  await owners.getByLabel('Current password').fill(owner.password);
  await owners.getByRole('button', { name: 'Close the account' }).click();
  await expect(owners.getByText('exactly as it is written').first()).toBeVisible();
  await owners.getByLabel('Name of your organization').fill(hospital);
  await owners.getByLabel('Current password').fill(owner.password);
  await owners.getByRole('button', { name: 'Close the account' }).click();
  await owners.getByRole('button', { name: 'Keep the account' }).click();
  await expect(owners.getByRole('button', { name: 'Close account' })).toBeVisible();
  await context.close();
});
