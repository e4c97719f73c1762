import { account, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

test("feedback goes from a person's menu to the company, which marks it as read", async ({
  page,
  browser,
}) => {
  await signInAs(page, account('receptionist'));
  await page.goto('/appointments');
  await page.getByRole('button', { name: /your menu/ }).click();
  await page.getByRole('menuitem', { name: 'Give feedback' }).click();
  const form = page.getByRole('form', { name: 'Feedback' });
  await form.getByRole('button', { name: 'Send feedback' }).click();
  await expect(form.getByText('Choose how it goes.').first()).toBeVisible();
  await form.getByRole('radio', { name: 'Good', exact: true }).check();
  await form.getByLabel('What could be better?').fill('Booking from the list of patients, please.');
  await form.getByRole('button', { name: 'Send feedback' }).click();
  await expect(page.getByText('A person reads each one.')).toBeVisible();

  const company = await (await browser.newContext({ baseURL: new URL(page.url()).origin })).newPage();
  await signInAs(company, account('super-admin'));
  await company.goto('/platform/feedback');
  const entry = company.getByRole('list', { name: 'Feedback' }).getByRole('listitem').first();
  await expect(entry).toContainText('Booking from the list of patients, please.');
  await expect(entry).toContainText('/appointments');
  await entry.getByRole('button', { name: 'Mark as read' }).click();
  await expect(entry.getByRole('button', { name: 'Mark as read' })).toBeHidden();
  await company.context().close();
});
