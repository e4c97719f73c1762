import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { account, demo, mailedLink, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

test('a colleague is invited, sets a second factor up before anything opens, and works within their role', async ({
  page,
  browser,
}) => {
  const owner = account('super-admin');
  const tag = randomUUID().slice(0, 8);
  const email = `priya-${tag}@chakravue.test`;
  const password = 'a long enough passphrase';
  await signInAs(page, owner);
  await page.goto('/platform/team');
  await page.getByRole('button', { name: 'Invite person' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(`Priya ${tag}`);
  await dialog.getByLabel('Work email').fill(email);
  await dialog.getByLabel('Role').selectOption('read-only');
  await dialog.getByLabel('Current password').fill(owner.password);
  await dialog.getByRole('button', { name: 'Send invitation' }).click();
  await expect(dialog).toBeHidden();

  const context = await browser.newContext({ baseURL: demo().app });
  const priya = await context.newPage();
  await priya.goto(await mailedLink(page, email, '/platform/invitations/'));
  await priya.getByLabel('Password').fill(password);
  await priya.getByRole('button', { name: 'Join the team' }).click();
  await priya.getByRole('link', { name: 'Go to sign in' }).click();
  await priya.getByLabel('Email').fill(email);
  await priya.getByLabel('Password').fill(password);
  await priya.getByRole('button', { name: 'Sign in' }).click();
  await expect(priya).toHaveURL(/\/platform\/account\/second-factor$/);
  await priya.goto('/platform/organizations');
  await expect(priya).toHaveURL(/\/platform\/account\/second-factor$/);

  const form = priya.locator('form').filter({ has: priya.getByRole('button', { name: 'Set up an auth' }) });
  await form.getByLabel('Current password').fill(password);
  await form.getByRole('button', { name: 'Set up an authenticator app' }).click();
  const key = (await priya.locator('code').first().innerText()).replace(/\s/g, '');
  await priya
    .getByLabel('Code that the app shows')
    .fill(new TOTP({ secret: Secret.fromBase32(key) }).generate());
  await priya.getByRole('button', { name: 'Switch it on' }).click();
  await priya.getByRole('button', { name: 'I have kept them' }).click();

  await priya.goto('/platform/organizations');
  await expect(priya.getByRole('heading', { level: 1, name: 'Organizations' })).toBeVisible();
  await expect(priya.getByRole('button', { name: 'New demo' })).toBeHidden();
  await priya.goto('/platform/team');
  await expect(priya.getByRole('cell', { name: email, exact: true })).toBeVisible();
  await expect(priya.getByRole('button', { name: 'Invite person' })).toBeHidden();
  expect((await priya.request.get('/api/platform/organizations/export')).status()).toBe(403);
  await context.close();

  // An owner who is the last one stays; a colleague goes.
  await page.goto('/platform/account');
  await page.getByRole('button', { name: 'Leave the team' }).click();
  await dialog.getByLabel('Current password').fill(owner.password);
  await dialog.getByRole('button', { name: 'Leave now' }).click();
  await expect(dialog.getByText(/without an owner/)).toBeVisible();
  await page.goto('/platform/team');
  await page.getByRole('button', { name: `Actions for Priya ${tag}` }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await dialog.getByLabel('Current password').fill(owner.password);
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(email)).toHaveCount(0);
});
