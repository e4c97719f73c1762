import { account, signInAs } from '../browser/demo';
import { checkInNew } from '../browser/front-desk';
import { expect, test } from '../browser/test';

test('a post-op set is prescribed by keyboard past an allergy, printed, dispensed in two parts, and void', async ({
  page,
}) => {
  await signInAs(page, account('owner'));
  const row = await checkInNew(page, { firstName: 'Ila', lastName: `Rxson${Date.now() % 100_000}` });
  await row.getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'Stations' })).toBeVisible();
  const visit = page.url();

  await page.getByRole('link', { name: 'Open the patient' }).click();
  const allergy = page.getByRole('form', { name: 'Add an allergy' });
  // The page has only just opened: a press before it is awake does nothing.
  await expect(async () => {
    if (!(await allergy.isVisible())) await page.getByRole('button', { name: 'Add an allergy' }).click();
    await allergy.getByLabel('Allergic to').fill('Moxifloxacin', { timeout: 2_000 });
    await allergy.getByRole('button', { name: 'Save allergy' }).click({ timeout: 2_000 });
  }).toPass();
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

  // A strength that the formulary has not is none of its medicines; and half a line is never signed over.
  await entry.fill('nepafenac 0.3 re tid 4w');
  await expect(page.getByRole('option').first()).toHaveText('Outside the formulary: “nepafenac 0.3”');
  const kept = page.waitForResponse(
    (answer) => answer.url().includes('/drafts') && answer.request().method() === 'PUT',
  );
  await entry.press('Control+Enter');
  await expect(page.getByText('Press Enter to add this line, or empty it.').first()).toBeVisible();
  await kept;

  // What was typed is a set of one's own by one press; its name is not typed into the sheet.
  const set = `Mine ${Date.now() % 100_000}`;
  await page.getByRole('button', { name: 'Keep as a set' }).click();
  await page.getByLabel('Name of the set').fill(set);
  await page.getByLabel('Name of the set').press('Enter');
  await expect(page.getByText(`${set} is saved.`)).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Set', exact: true })).toContainText(`${set} (mine)`);

  // Nothing of it is lost with the page.
  await page.reload();
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByRole('listitem', { name: /Nepafenac/ })).toContainText('3 times a day');
  await expect(steroid).toBeVisible();
  await expect(entry).toHaveValue('nepafenac 0.3 re tid 4w');
  await entry.fill('');

  await entry.press('Control+Enter');
  await expect(page.getByText(/allergic to Moxifloxacin.*Say why/).first()).toBeVisible();
  await page.getByLabel('Reason to prescribe it all the same').fill('Tolerated since');
  await page.getByLabel('Reason to prescribe it all the same').press('Control+Enter');
  await expect(page).toHaveURL(/\/prescriptions\/[0-9a-f]{24}$/);
  await expect(page.getByText(/Signed by .*registration RMC/)).toBeVisible();
  await expect(page.getByText('Prescribed all the same: Tolerated since')).toBeVisible();

  const prescription = page.url();
  const title = page.getByRole('heading', { level: 1 });
  const name = (await title.textContent()) ?? '';

  // On paper, in Hindi; the second print is a copy.
  await page.getByRole('link', { name: 'हिन्दी' }).click();
  await expect(page.getByText('दाईं आँख में 1 बूँद, दिन में 4 बार, 7 दिन तक').first()).toBeVisible();
  for (let count = 0; count < 2; count++) {
    const printed = await page.request.get(`${prescription}/print?language=hi`);
    expect(printed.headers()['content-type']).toBe('application/pdf');
  }
  await page.reload();
  await expect(page.getByRole('list', { name: 'Printed' }).getByRole('listitem')).toHaveCount(2);

  // At the counter: one of two bottles now, the other one owed.
  await page.goto('/pharmacy');
  await page.getByRole('link', { name: `Dispense for ${name}` }).click();
  await expect(page.getByLabel('Give of Prednisolone acetate 1 %')).toHaveValue('2');
  await expect(page.getByText(/2 from lot /)).toBeVisible();
  await page.getByLabel('Give of Prednisolone acetate 1 %').fill('1');
  await page.getByRole('button', { name: 'Dispense', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Given so far' })).toBeVisible();
  await page.getByRole('link', { name: 'Back to the counter' }).click();
  await page.getByRole('link', { name: /^Owed/ }).click();
  const owed = page.getByRole('listitem').filter({ hasText: name });
  await expect(owed).toContainText('Prednisolone acetate 1 % (1 bottle)');
  // It is told when there is enough on the shelf, with the number to call.
  await expect(owed).toContainText('Has arrived');
  await page.getByRole('link', { name: `Dispense for ${name}` }).click();
  await page.getByRole('button', { name: 'Dispense', exact: true }).click();
  await expect(page.getByText('There is nothing to give of it.')).toBeVisible();

  // The cashier has what happened: the consultation of the check-in, and both bottles.
  await page.goto(`/cashier?q=${encodeURIComponent(name)}`);
  await page.getByRole('link', { name: `Bill ${name}` }).click();
  const bill = page.getByRole('list', { name: 'Lines of the bill' });
  await expect(bill.getByText(/^Consultation, new patient/)).toBeVisible();
  await expect(bill.getByText(/^Prednisolone acetate/)).toHaveCount(2);

  await page.goto(prescription);
  await expect(page.getByText('Dispensed', { exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Void', exact: true }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('Wrong patient');
  await page.getByRole('dialog').getByRole('button', { name: 'Void it' }).click();
  await expect(page.getByText(/^Voided by /)).toBeVisible();
});
