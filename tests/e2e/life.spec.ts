import { account, demo, signInAs } from '../browser/demo';
import { newHospital, signUpAndPay } from '../browser/signup';
import { expect, test } from '../browser/test';

test('the company backs a hospital up; its owner begins to close the account, and keeps it', async ({
  page,
  browser,
}) => {
  // Its own: while an account is being closed, nobody else's story in that hospital can go on.
  const owner = newHospital('Closing hospital');
  const hospital = owner.name;
  const context = await browser.newContext({ baseURL: demo().app });
  const owners = await context.newPage();
  await signUpAndPay(owners, owner);
  await signInAs(page, account('super-admin'));
  await page.goto('/platform/organizations');
  await page.getByRole('link', { name: hospital }).click();
  await page.getByRole('button', { name: 'Back up now' }).click();
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('list', { name: 'Backups' })).toBeVisible({ timeout: 1_000 });
  }).toPass();

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
