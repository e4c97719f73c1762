import { account, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

/** Under Your account, as everybody does once. */
async function choosePin(page: import('playwright/test').Page, password: string, pin: string) {
  await page.goto('/settings/account');
  const form = page.getByRole('form', { name: 'PIN' });
  await form.getByLabel('PIN').fill(pin);
  await form.getByLabel('Current password').fill(password);
  await form.getByRole('button', { name: 'Save PIN' }).click();
  await expect(form.getByText('You have a PIN.')).toBeVisible();
}

async function switchUser(page: import('playwright/test').Page) {
  await page.getByRole('button', { name: /your menu/ }).click();
  await page.getByRole('menuitem', { name: 'Switch user' }).click();
}

test('two people take turns at one computer, each back where they were with a PIN', async ({ page }) => {
  const [optometrist, doctor] = [account('optometrist'), account('doctor')];
  await signInAs(page, optometrist);
  await page.goto('/today');
  await switchUser(page);
  await expect(page.getByText('Choose a PIN under Your account first')).toBeVisible();

  await choosePin(page, optometrist.password, '384951');
  await switchUser(page);
  await expect(page.getByRole('heading', { name: 'Who is at this computer?' })).toBeVisible();
  await page.goto('/patients');
  await expect(page).toHaveURL(/\/login\?next=/);

  await page.getByLabel('Email').fill(doctor.email);
  await page.getByLabel('Password').fill(doctor.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/patients/);
  await choosePin(page, doctor.password, '729164');
  await switchUser(page);

  await expect(page.getByRole('radio')).toHaveCount(2);
  await page.getByRole('radio').last().check();
  await page.getByLabel('PIN').fill('729164');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText(/That is not your PIN. 4 tries are left./).first()).toBeVisible();
  await page.getByLabel('PIN').fill('384951');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/today/);
  await page.getByRole('button', { name: /your menu/ }).click();
  await expect(page.getByText(optometrist.email)).toBeVisible();
});
