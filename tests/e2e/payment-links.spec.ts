import { account, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

const KEY = 'sk_test_chakravue_hospital';

test('the owner sets the account up, a patient pays by the link, and the receipt is there', async ({
  page,
  browser,
}) => {
  const owner = account('owner', 1);
  await signInAs(page, owner);
  await page.goto('/settings/online-payments');
  await page.getByLabel('Secret key').fill('sk_test_of_somebody_else');
  await page.getByLabel('Current password').fill(owner.password);
  await page.getByRole('button', { name: 'Set up account' }).click();
  await expect(page.getByText('Stripe does not take this key').first()).toBeVisible();
  await page.getByLabel('Secret key').fill(KEY);
  await page.getByLabel('Current password').fill(owner.password);
  await page.getByRole('button', { name: 'Set up account' }).click();
  await expect(page.getByText('Hospital of the demonstration')).toBeVisible();
  await expect(page.getByText('Test: no money moves')).toBeVisible();
  await expect(page.getByText('Told to us at once')).toBeVisible();
  expect(await page.content()).not.toContain(KEY);

  await page.goto('/cashier/bills?show=due');
  await page.getByRole('main').locator('a[href^="/cashier/bills/"]').first().click();
  await expect(page.getByRole('heading', { name: /^Bill / })).toBeVisible();
  const bill = page.url();
  await page.getByRole('button', { name: 'Make payment link' }).click();
  await expect(page.getByRole('img', { name: /^Code of the payment link/ })).toBeVisible();
  await expect(page.getByText('Waiting for the patient')).toBeVisible();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy link' }).click();
  const address = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(address).pathname).toMatch(/^\/bill\//);

  // The patient, who is nobody's session.
  const patient = await (await browser.newContext()).newPage();
  await patient.goto(address);
  await patient.getByRole('link', { name: 'Go to the payment' }).click();
  await patient.getByLabel('Card number').fill('4242 4242 4242 4242');
  await patient.getByLabel('Expiry').fill('12 / 40');
  await patient.getByLabel('CVC').fill('123');
  await patient.getByLabel('Name on card').fill('Asha Rai');
  const email = patient.getByLabel('Email');
  if (await email.count()) await email.fill('asha@example.test');
  await patient.getByRole('button', { name: 'Pay', exact: true }).click();
  await expect(
    patient.getByRole('heading', { name: /^(Thank you|Your payment is being confirmed)$/ }),
  ).toBeVisible();

  // The page at the desk says so by itself.
  await expect(page.getByText(/Online .*pi_/)).toBeVisible({ timeout: 60_000 });
  expect(page.url()).toBe(bill);
  await expect(page.getByRole('heading', { name: 'Payment link' })).toHaveCount(0);
  await patient.reload();
  await expect(patient.getByRole('heading', { name: 'Thank you' })).toBeVisible();
  await patient.context().close();

  await page.goto('/settings/online-payments');
  await page.getByRole('button', { name: 'Take off account' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Current password').fill(owner.password);
  await dialog.getByRole('button', { name: 'Take off account' }).click();
  await expect(page.getByRole('button', { name: 'Set up account' })).toBeVisible();
});
