import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright/test';
import { expect } from 'playwright/test';

export type NewHospital = { name: string; email: string; password: string; phone?: string; country?: string };

export function newHospital(label = 'Hospital'): NewHospital {
  const tag = randomUUID().slice(0, 8);
  return {
    name: `${label} ${tag}`,
    email: `owner-${tag}@hospital.test`,
    password: 'a long enough passphrase',
  };
}

/** For Sri Lanka there are no prices of its own, and we collect no tax there. */
const DOLLARS_WITHOUT_TAX = 'LK';

/** Step 1 of sign-up, filled and sent. */
export async function fillDetails(page: Page, hospital: NewHospital, expectedUsers = '3'): Promise<void> {
  await page.goto('/signup');
  await page.getByLabel('Organization name').fill(hospital.name);
  await page.getByLabel('Work email').fill(hospital.email);
  await page.getByLabel('Phone').fill(hospital.phone ?? '+94 11 555 0123');
  await page.getByLabel('Industry').selectOption({ label: 'Eye hospital' });
  await page.getByLabel('Expected users').fill(expectedUsers);
  await page.getByLabel('Country or region').selectOption(hospital.country ?? DOLLARS_WITHOUT_TAX);
  await page.getByLabel('Your name').fill('Meera Nair');
  await page.getByLabel('Password').fill(hospital.password);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
}

/** Step 2: the tick, and on. */
export async function acceptAndGoOn(page: Page, button = 'Continue to payment'): Promise<void> {
  await page.getByLabel('I accept the terms of service').check();
  await page.getByRole('button', { name: button }).click();
}

/** The hosted payment page, with a test card. */
export async function payWith(page: Page, card: string): Promise<void> {
  await page.waitForURL(/\/c\/pay\//);
  // Asked where the tax depends on it and the sign-up has not said it.
  if (await page.getByLabel('Address', { exact: true }).isVisible()) {
    await page.getByLabel('Address', { exact: true }).fill('5 Temple Street');
    await page.getByLabel('City').fill('Kandy');
    await page.getByLabel('Country or region').selectOption(DOLLARS_WITHOUT_TAX);
  }
  await page.getByLabel('Card number').fill(card);
  await page.getByLabel('Expiry').fill('12 / 34');
  await page.getByLabel('CVC').fill('123');
  await page.getByLabel('Name on card').fill('Meera Nair');
  await page.getByRole('button', { name: 'Subscribe' }).click();
}

/** From nothing to a paid, ready hospital; the plan is that which fits how many will use it. */
export async function signUpAndPay(page: Page, hospital: NewHospital, expectedUsers?: string): Promise<void> {
  await fillDetails(page, hospital, expectedUsers);
  await acceptAndGoOn(page);
  await payWith(page, '4242 4242 4242 4242');
  await expect(page.getByRole('link', { name: 'Go to sign in' })).toBeVisible({ timeout: 60_000 });
}

export async function signIn(page: Page, who: { email: string; password: string }): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('Email').fill(who.email);
  await page.getByLabel('Password').fill(who.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
