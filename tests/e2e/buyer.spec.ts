import { Secret, TOTP } from 'otpauth';
import { account, mailedLink, signInAs, untilAlive } from '../browser/demo';
import { registerPatient } from '../browser/front-desk';
import { acceptAndGoOn, fillDetails, newHospital, payWith, signIn } from '../browser/signup';
import { expect, test } from '../browser/test';

const GSTIN = '27AAPFU0939F1ZV';

test('a hospital in India buys: terms, GSTIN, rupees, an invoice with everything on it; it sets itself up and registers its first patient', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  const hospital = { ...newHospital('Buying'), country: 'IN', phone: '+91 98450 12345' };
  const legalName = `${hospital.name} Private Limited`;

  await test.step('signs up for a plan in rupees, accepts the terms and says whom invoices are for', async () => {
    await fillDetails(page, hospital);
    await expect(page.getByText('₹4,999 a month').first()).toBeVisible();
    await page.getByRole('button', { name: 'Add details for the invoice' }).click();
    await page.getByLabel('Registered name').fill(legalName);
    await page.getByLabel('Street and number').fill('1 Ring Road');
    await page.getByLabel('City').fill('Pune');
    await page.getByLabel('State or region').fill('Maharashtra');
    await page.getByLabel('GSTIN').fill('27AAPFU0939F1ZX');
    await page.getByLabel('Purchase order number').fill('PO-7');
    await page.getByRole('button', { name: 'Continue to payment' }).click();
    await expect(page.getByText(/Tick the box to accept the terms/).first()).toBeVisible();
    await acceptAndGoOn(page);
    await expect(page.getByText(/Check the GSTIN/).first()).toBeVisible();
    await page.getByLabel('GSTIN').fill(GSTIN);
    await page.getByRole('button', { name: 'Continue to payment' }).click();
  });

  await test.step('pays with the tax of India', async () => {
    await page.waitForURL(/\/c\/pay\//);
    await expect(page.getByText('₹899.82')).toBeVisible();
    await expect(page.getByText('₹5,898.82').first()).toBeVisible();
    // Said at sign-up, so that the payment page does not ask again.
    await expect(page.getByLabel('Address', { exact: true })).toHaveCount(0);
    await payWith(page, '4242 4242 4242 4242');
    await expect(page.getByRole('link', { name: 'Go to sign in' })).toBeVisible({ timeout: 20_000 });
    await page.goto(await mailedLink(page, hospital.email, '/verify-email/'));
    await page.getByRole('button', { name: 'Confirm e-mail address' }).click();
    await expect(page.getByText('Your address is confirmed')).toBeVisible();
  });

  await signIn(page, hospital);
  const list = page.getByRole('region', { name: 'Set up your hospital' });
  await test.step('tries it with sample patients, none of whom is the first', async () => {
    await expect(list).toContainText('0 of 8 done');
    const add = page.getByRole('button', { name: 'Add sample patients' });
    await untilAlive(add);
    await add.click();
    await expect(page.getByText('6 sample patients are there')).toBeVisible();
    await expect(list).toContainText('0 of 8 done');
    await page.goto('/queue');
    const queue = page.getByRole('list', { name: 'Queue, in order of turn' });
    await expect(queue.getByRole('listitem')).toHaveCount(4);
    await page.goto('/settings');
    await page.getByRole('button', { name: 'Remove sample patients' }).click();
    await page.getByRole('button', { name: 'Remove them' }).click();
    await expect(page.getByRole('button', { name: 'Add sample patients' })).toBeVisible();
    await page.goto('/patients');
    await expect(page.getByText('No patients yet')).toBeVisible();
  });

  await test.step('reads the invoice, and says more for the next one', async () => {
    await page.goto('/billing');
    await expect(page.getByText(legalName)).toBeVisible();
    const address = await page
      .getByRole('region', { name: 'Invoices' })
      .or(page.getByRole('table'))
      .getByRole('link')
      .first()
      .getAttribute('href');
    const invoice = await (await browser.newContext()).newPage();
    await invoice.goto(address ?? '');
    const onIt = [legalName, '1 Ring Road', 'Maharashtra', GSTIN, 'PO-7', 'HSN/SAC: 997331'];
    for (const words of [...onIt, 'Tax payable on reverse charge: No', '₹899.82', '₹5,898.82'])
      await expect(invoice.getByText(words).first()).toBeVisible();
    await invoice.context().close();

    await page.getByRole('button', { name: 'Change details' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByLabel('GSTIN')).toHaveValue(GSTIN);
    await dialog.getByLabel('Mail invoices also to').fill('accounts@hospital.test');
    await dialog.getByLabel('State or region').fill('');
    await dialog.getByRole('button', { name: 'Save details' }).click();
    await expect(dialog.getByText(/the tax of an invoice depends on it/).first()).toBeVisible();
    await dialog.getByLabel('State or region').fill('Maharashtra');
    await dialog.getByRole('button', { name: 'Save details' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText('accounts@hospital.test')).toBeVisible();
  });

  const next = async (name: string, done: number) => {
    await page.goto('/today');
    await expect(list).toContainText(`${done} of 8 done`);
    await list.getByRole('link', { name }).click();
  };
  await test.step('letterhead, prices and staff', async () => {
    await next('Write your letterhead', 0);
    await page.getByLabel('Address').fill('12 Lake Road, Udaipur');
    await page.getByRole('button', { name: 'Save letterhead' }).click();
    await expect(page.getByText(/saved/i).first()).toBeVisible();
    await next('Make your price list', 1);
    await page.getByRole('button', { name: 'Set price of Consultation, new patient' }).click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByLabel(/^Price/)
      .first()
      .fill('300');
    await dialog.getByRole('button', { name: 'Save price' }).click();
    await expect(dialog).toBeHidden();
    await next('Invite your staff', 2);
    await page.getByRole('button', { name: 'Invite staff' }).click();
    await dialog.getByLabel('Name').fill('Neha Verma');
    await dialog.getByLabel('Role').selectOption('receptionist');
    await dialog.getByLabel('Work email').fill(`neha-${hospital.email}`);
    await dialog.getByRole('button', { name: 'Send invitation' }).click();
    await expect(dialog).toBeHidden();
  });

  await test.step('hours and stock', async () => {
    await next('Set the hours of your doctors', 3);
    await page.getByRole('link', { name: 'Hours of Meera Nair' }).click();
    const form = page.getByRole('form', { name: 'Hours of Meera Nair' });
    await form.getByLabel('Monday').fill('9-13');
    await form.getByRole('button', { name: 'As Monday, to Saturday' }).click();
    await form.getByRole('button', { name: 'Save hours' }).click();
    await expect(page.getByRole('list', { name: 'All hours of Meera Nair' })).toBeVisible();
    await next('Fill the pharmacy', 4);
    await page.getByRole('button', { name: 'Start from a common eye-clinic list' }).click();
    await page.getByRole('table').locator('tbody').getByRole('link').first().click();
    await page.getByRole('button', { name: 'Receive stock' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Lot number').fill('L1');
    await dialog.getByLabel('Expiry date').fill(`03/${new Date().getFullYear() + 2}`);
    await dialog.getByLabel('Quantity').fill('9');
    await dialog.getByRole('button', { name: 'Take into stock' }).click();
    await expect(dialog).toBeHidden();
  });

  await test.step('the list is put away and comes back where it was', async () => {
    await page.goto('/today');
    await page.getByRole('button', { name: 'Put the list away' }).click();
    await expect(list).toHaveCount(0);
    await page.goto('/settings');
    await page.getByRole('button', { name: 'Show what is to be set up' }).click();
    await expect(page.getByText('See Today.')).toBeVisible();
  });

  await test.step('a second factor, and the first patient', async () => {
    await next('Protect your own account', 5);
    const form = page
      .locator('form')
      .filter({ has: page.getByRole('button', { name: 'Set up an authenticator app' }) });
    await form.getByLabel('Current password').fill(hospital.password);
    await form.getByRole('button', { name: 'Set up an authenticator app' }).click();
    const key = (await page.locator('code').first().innerText()).replace(/\s/g, '');
    await page
      .getByLabel('Code that the app shows')
      .fill(new TOTP({ secret: Secret.fromBase32(key) }).generate());
    await page.getByRole('button', { name: 'Switch it on' }).click();
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await next('Register the first patient', 6);
    await registerPatient(page, { firstName: 'Lakshmi', lastName: 'Iyer' });
    await page.goto('/today');
    await expect(list).toContainText('7 of 8 done');
  });

  await test.step('and the company has it in its accounts', async () => {
    await page.context().clearCookies();
    await page.goto('/');
    await signInAs(page, account('super-admin'));
    const month = new Date().toISOString().slice(0, 7);
    await page.goto(`/platform/revenue/taxes?month=${month}`);
    await expect(page.getByRole('row', { name: /India.*Maharashtra.*₹/ }).first()).toBeVisible();
    const journal = await page.request.get(`/api/platform/accounting/journal/export?month=${month}`);
    expect(await journal.text()).toContain(`Invoice to ${legalName}`);
  });
});
