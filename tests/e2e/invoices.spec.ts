import { account, signInAs } from '../browser/demo';
import { acceptAndGoOn, fillDetails, newHospital, payWith } from '../browser/signup';
import { expect, test } from '../browser/test';

const GSTIN = '27AAPFU0939F1ZV';

test('a hospital says at sign-up whom invoices are for, each invoice says so, and so do the company’s accounts', async ({
  page,
  browser,
}) => {
  const hospital = newHospital('Invoiced');
  const legalName = `${hospital.name} Private Limited`;
  await fillDetails(page, hospital);
  await page.getByRole('button', { name: 'Add details for the invoice' }).click();
  await page.getByLabel('Registered name').fill(legalName);
  await page.getByLabel('Street and number').fill('1 Ring Road');
  await page.getByLabel('City').fill('Pune');
  await page.getByLabel('State or region').fill('Maharashtra');
  await page.getByLabel('GSTIN').fill('27AAPFU0939F1ZX');
  await page.getByLabel('Purchase order number').fill('PO-7');
  await acceptAndGoOn(page);
  await expect(page.getByText(/Check the GSTIN/).first()).toBeVisible();
  await page.getByLabel('GSTIN').fill(GSTIN);
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await payWith(page, '4242 4242 4242 4242');
  await expect(page.getByRole('link', { name: 'Go to sign in' })).toBeVisible({ timeout: 60_000 });

  await signInAs(page, hospital);
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
  for (const words of [legalName, GSTIN, 'PO-7', '1 Ring Road'])
    await expect(invoice.getByText(words).first()).toBeVisible();

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

  await page.context().clearCookies();
  await page.goto('/');
  await signInAs(page, account('super-admin'));
  const month = new Date().toISOString().slice(0, 7);
  await page.goto(`/platform/revenue/taxes?month=${month}`);
  await expect(page.getByRole('row', { name: /India/ }).first()).toBeVisible();
  const journal = await page.request.get(`/api/platform/accounting/journal/export?month=${month}`);
  expect(await journal.text()).toContain(`Invoice to ${legalName}`);
});
