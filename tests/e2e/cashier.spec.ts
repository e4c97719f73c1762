import { account, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

test('a cashier opens a shift, bills who is here, takes cash and UPI, refunds a part and closes with the right cash', async ({
  page,
  browser,
}) => {
  await signInAs(page, account('cashier'));
  await page.goto('/cashier/shift');
  await page.getByLabel('Cash in the drawer').fill('1,000');
  await page.getByRole('button', { name: 'Open shift' }).click();
  await expect(page.getByRole('heading', { name: 'Close shift' })).toBeVisible();

  await page.goto('/cashier');
  const row = page
    .getByRole('list', { name: 'Here today' })
    .getByRole('listitem')
    .filter({ hasText: 'Not billed' })
    .first();
  await row.getByRole('link', { name: /^Bill / }).click();
  // The fee of the visit is there already.
  const lines = page.getByRole('list', { name: 'Lines of the bill' });
  await expect(lines.getByText(/Consultation/)).toBeVisible();
  await page.getByLabel('Add a service').fill('oct');
  await page.getByRole('option', { name: /OCT macula/ }).click();
  await expect(lines.getByRole('listitem')).toHaveCount(2);
  // Called away, and back at the page: the lines are still there to be taken up.
  await expect(page.locator('form[data-unsaved]')).toBeVisible();
  await page.waitForResponse((answer) => answer.url().includes('/api/drafts') && answer.ok());
  await page.reload();
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(lines.getByRole('listitem')).toHaveCount(2);
  await page.getByRole('button', { name: 'Issue bill' }).click();

  const payment = page.getByRole('form', { name: 'Payment' });
  await expect(payment.getByText('₹2,000.00').first()).toBeVisible();
  await payment.getByLabel('Cash', { exact: true }).fill('1500');
  await payment.getByRole('button', { name: 'UPI' }).click();
  await expect(payment.getByLabel('UPI', { exact: true })).toHaveValue('500.00');
  await expect(payment.getByAltText('UPI code for ₹500.00')).toBeVisible();
  await payment.getByLabel('Cash handed over').fill('2000');
  await expect(payment.getByText('₹500.00', { exact: true }).first()).toBeVisible();
  await payment.getByLabel('UPI reference').fill(String(Date.now()).slice(-12));
  await payment.getByRole('button', { name: 'Take payment' }).click();
  await expect(page.getByText('Paid', { exact: true })).toBeVisible();
  const printed = page.waitForEvent('download');
  await page
    .getByRole('link', { name: /^Print receipt/ })
    .first()
    .click();
  expect((await printed).suggestedFilename()).toMatch(/^R-\d{4}-\d{6}\.pdf$/);

  await page.getByRole('button', { name: 'Refund' }).click();
  await page.getByRole('button', { name: /^All of OCT/ }).click();
  await page.getByLabel('Reason').fill('The machine is out of order');
  await page.getByRole('button', { name: 'Issue credit note' }).click();
  await expect(page.getByText('Part credited')).toBeVisible();
  await expect(page.getByText(/Refund voucher/).first()).toBeVisible();

  // 1,000 and 1,500 in, 1,500 of the OCT back in cash.
  await page.goto('/cashier/shift');
  await page.getByLabel('₹500 notes').fill('2');
  await page.getByLabel('There are no other notes or coins').check();
  await page.getByRole('button', { name: 'Close shift' }).click();
  await expect(page.getByRole('table', { name: 'Shifts' }).getByRole('row').nth(1)).toContainText('None');

  const manager = await (await browser.newContext()).newPage();
  await signInAs(manager, account('owner'));
  await manager.goto('/cashier/day-book');
  const shift = manager
    .getByRole('table', { name: 'Shifts' })
    .getByRole('row')
    .filter({ hasText: 'Deepa' })
    .first();
  await expect(shift).toContainText('1,000.00');
  await expect(shift).toContainText('None');
  const money = manager.getByRole('table', { name: 'Money by way' }).getByRole('row');
  // Other drawers take UPI too.
  const upi = await money.filter({ hasText: 'UPI' }).getByRole('cell').first().innerText();
  expect(Number(upi.replaceAll(',', ''))).toBeGreaterThanOrEqual(500);
  await manager.goto('/cashier/reports?what=collection-method');
  await manager.getByRole('link', { name: 'UPI' }).click();
  await expect(manager.getByRole('table', { name: 'Documents' }).getByRole('row')).not.toHaveCount(1);
});
