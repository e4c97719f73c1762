import { account, signInAs } from '../browser/demo';
import { checkInNew } from '../browser/front-desk';
import { expect, test } from '../browser/test';

test('glasses are prescribed and made otherwise; a procedure is done, charged and not done; an expense is paid', async ({
  page,
}) => {
  await signInAs(page, account('owner'));
  const lastName = `Orders${Date.now() % 100_000}`;
  const row = await checkInNew(page, { firstName: 'Omana', lastName });
  await row.getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'Stations' })).toBeVisible();
  const visit = page.url();

  const findings = page.getByRole('form', { name: 'Findings and diagnoses' });
  await findings.getByRole('button', { name: 'Advise a procedure' }).click();
  await findings.getByLabel('Procedure', { exact: true }).fill('YAG capsulotomy');
  await findings.getByLabel('Eye', { exact: true }).selectOption('Right eye');
  await findings.getByRole('button', { name: 'Save examination' }).click();
  const asked = page.getByRole('list', { name: 'Tests and procedures' });
  await expect(asked).toContainText('YAG capsulotomy, right eye');

  // The distances that were measured are taken over with one press, which says where they are from.
  const measured = page.getByRole('form', { name: 'Measurements' });
  await measured.getByLabel('Right eye, sphere').fill('-1');
  await measured.getByText('Prism and distances').first().click();
  await measured.getByLabel('Pupil distance far, mm').fill('62.5');
  await measured.getByLabel('Vertex, mm').fill('13');
  await measured.getByRole('button', { name: 'Save measurements' }).click();
  await expect(page.getByText('Measurements saved.')).toBeVisible();

  await page.goto(`${visit}/glasses`);
  await page.getByRole('button', { name: 'Use these distances: Subjective' }).click();
  await expect(page.getByLabel('Right eye, PD far')).toHaveValue('31.5');
  await expect(page.getByLabel('Left eye, PD far')).toHaveValue('31');
  await expect(page.getByLabel('Vertex distance')).toHaveValue('13');
  await expect(
    page.getByText(/^From Subjective of this visit: PD far 62.5 mm for both eyes, halved, the half more/),
  ).toBeVisible();
  await page.getByLabel('Right eye, prism').fill('1.5');
  await page.getByLabel('Right eye, base').selectOption('in');
  await page.getByLabel('Right eye, second prism').fill('0.75');
  await page.getByLabel('Right eye, second base').selectOption('out');
  await page.getByLabel('Kind').selectOption('trifocal');
  await page.getByLabel('Right eye, sphere').fill('-1.25');
  await page.getByLabel('Right eye, add', { exact: true }).fill('2');
  await page.getByLabel('Right eye, middle add').fill('1');
  await page.getByLabel('Index').selectOption('1.60');
  await page.getByLabel('UV protection').check();
  await page.getByRole('button', { name: 'Sign glasses' }).click();
  await expect(page.getByText('Write the left eye too: plano for none, or balance.').first()).toBeVisible();
  await expect(page.getByText('The second prism stands across the first').first()).toBeVisible();
  await page.getByLabel('Right eye, second base').selectOption('up');
  await page.getByLabel('Left eye, sphere').fill('balance');
  await page.getByRole('button', { name: 'Sign glasses' }).click();
  const paper = page.getByRole('article', { name: 'Glasses' });
  await expect(paper).toContainText('+1.00');
  await expect(paper).toContainText('UV protection');
  await expect(paper).toContainText('1.50 base in, 0.75 base up');
  await expect(paper).toContainText('13 mm');
  await page.getByRole('link', { name: 'Made otherwise' }).click();
  await page.getByLabel('Why they are not as prescribed').fill('No 1.60 in stock');
  await page.getByLabel('Index').selectOption('1.56');
  await page.getByRole('button', { name: 'Note what was made' }).click();
  await expect(paper).toContainText('No 1.60 in stock');
  // The last answer of the optical shop counts.
  await page.getByRole('button', { name: 'Made as prescribed' }).click();
  await expect(paper).toContainText('Made as prescribed. Noted by');
  await page.getByRole('button', { name: 'Not made' }).click();
  await page.getByRole('dialog').getByLabel('Why they are not made').fill('Bought elsewhere');
  await page.getByRole('button', { name: 'Note that they are not made' }).click();
  await expect(paper).toContainText('Not made. Bought elsewhere.');

  await page.goto('/queue/orders?show=procedures');
  const order = page.getByRole('listitem').filter({ hasText: lastName });
  await order.getByRole('button', { name: /is done$/ }).click();
  await expect(order).toHaveCount(0);
  await page.goto('/queue/orders?show=completed');
  await order.getByRole('button', { name: /was not done$/ }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('Pupil is small');
  await page.getByRole('dialog').getByRole('button', { name: 'It was not done' }).click();
  // Behind an open dialog there is nothing to be counted: the answer is waited for first.
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(order).toHaveCount(0);

  // What it would cost is written, and becomes a bill.
  await page.goto(visit);
  await page.getByRole('link', { name: 'Open the patient' }).click();
  await page.getByRole('link', { name: 'Estimate', exact: true }).click();
  const service = page.getByRole('combobox', { name: 'Add a service' });
  await service.fill('OCT mac');
  await expect(page.getByRole('option', { name: /OCT macula/ })).toBeVisible();
  await service.press('Enter');
  await page.getByRole('button', { name: 'Write estimate' }).click();
  await expect(page.getByRole('heading', { name: /^Estimate .*Q\// })).toBeVisible();
  await page.getByRole('link', { name: 'Make the bill' }).click();
  await expect(page.getByRole('list', { name: 'Lines of the bill' })).toContainText('OCT macula');
  await page.getByRole('button', { name: 'Issue bill' }).click();
  await expect(page.getByRole('heading', { name: /^Bill / })).toBeVisible();

  await page.goto('/cashier/expenses');
  await page.getByRole('button', { name: 'New expense' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What for').selectOption('travel');
  await dialog.getByLabel('Amount').fill('120.50');
  await dialog.getByLabel('Who gets the money').fill(`Courier ${lastName}`);
  await dialog.getByText('Bank', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Approve expense' }).click();
  const expense = page
    .getByRole('list', { name: 'Expenses' })
    .getByRole('listitem')
    .filter({ hasText: lastName });
  await expense.getByRole('button', { name: /^Pay / }).click();
  await dialog.getByLabel('Reference').fill('NEFT 9');
  await dialog.getByRole('button', { name: 'Pay', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(expense).toHaveCount(0);
  await page.goto('/cashier/day-book');
  const cash = page.getByRole('table', { name: 'Cash of the day' }).getByRole('row');
  await expect(cash.filter({ hasText: 'Expenses out of the bank' })).toContainText('120.50');
});
