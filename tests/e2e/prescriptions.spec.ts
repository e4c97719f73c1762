import { account, signInAs } from '../browser/demo';
import { checkInNew } from '../browser/front-desk';
import { expect, test } from '../browser/test';

test('a post-op set is prescribed by keyboard, an allergy stops until there is a reason, and it is void', async ({
  page,
}) => {
  await signInAs(page, account('owner'));
  const row = await checkInNew(page, { firstName: 'Ila', lastName: `Rxson${Date.now() % 100_000}` });
  await row.getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'Stations' })).toBeVisible();
  const visit = page.url();

  await page.getByRole('link', { name: 'Open the patient' }).click();
  await page.getByRole('button', { name: 'Add an allergy' }).click();
  const allergy = page.getByRole('form', { name: 'Add an allergy' });
  await allergy.getByLabel('Allergic to').fill('Moxifloxacin');
  await allergy.getByRole('button', { name: 'Save allergy' }).click();
  await expect(allergy).toHaveCount(0);

  await page.goto(visit);
  await page.getByRole('link', { name: 'Prescribe medicines' }).click();
  const entry = page.getByRole('combobox', { name: 'Add a medicine' });
  await entry.fill('moxi 0.5 od 1w');
  await entry.press('Enter');
  await expect(page.getByText(/right eye or once a day/).first()).toBeVisible();
  await entry.fill('moxi 0.5 od re 1 drop qid 1w');
  await expect(page.getByText(/1 drop in the right eye 4 times a day for 1 week/)).toBeVisible();
  await expect(page.getByRole('option', { name: /^Moxifloxacin/ })).toBeVisible();
  await entry.press('Enter');
  await entry.fill('pred 1 re 6x 1w > qid 1w > tid 1w > bd 1w; shake');
  await expect(page.getByRole('option', { name: /^Prednisolone acetate/ })).toBeVisible();
  await entry.press('Enter');
  const steroid = page.getByRole('listitem', { name: /Prednisolone acetate/ });
  await expect(steroid).toContainText('6 times a day for 1 week, then 4 times a day for 1 week');
  await entry.fill('nepafenac re tid 4w');
  await expect(page.getByRole('option', { name: /^Nepafenac/ })).toBeVisible();
  await entry.press('Enter');
  await expect(page.getByRole('listitem', { name: /Nepafenac/ })).toContainText('3 times a day');

  await entry.press('Control+Enter');
  await expect(page.getByText(/allergic to Moxifloxacin.*Say why/).first()).toBeVisible();
  await page.getByLabel('Reason to prescribe it all the same').fill('Tolerated since');
  await page.getByLabel('Reason to prescribe it all the same').press('Control+Enter');
  await expect(page).toHaveURL(/\/prescriptions\/[0-9a-f]{24}$/);
  await expect(page.getByText(/Signed by .*registration RMC/)).toBeVisible();
  await expect(page.getByText('Prescribed all the same: Tolerated since')).toBeVisible();

  await page.getByRole('button', { name: 'Void', exact: true }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('Wrong patient');
  await page.getByRole('dialog').getByRole('button', { name: 'Void it' }).click();
  await expect(page.getByText(/^Voided by /)).toBeVisible();
});
