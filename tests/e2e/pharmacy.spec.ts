import { readPdf } from '../assertions/pdf-text';
import { account, signInAs } from '../browser/demo';
import { checkInNew } from '../browser/front-desk';
import { expect, test } from '../browser/test';

const nextYear = new Date().getFullYear() + 1;

test('an invoice brings a lot into stock by keyboard and scanner, and is paid', async ({ page }) => {
  const serial = String(Date.now()).slice(-6);
  await signInAs(page, account('owner'));
  await page.goto('/suppliers');
  await page.getByRole('button', { name: 'Add supplier' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(`Sri Sai ${serial}`);
  await dialog.getByLabel('Days of credit').fill('21');
  await dialog.getByRole('button', { name: 'Add supplier' }).click();
  await expect(page.getByText('21 days of credit').first()).toBeVisible();

  await page.goto('/purchases');
  await page.getByRole('link', { name: 'Enter an invoice' }).click();
  await page.getByLabel('Supplier', { exact: true }).selectOption({ label: `Sri Sai ${serial}` });
  await page.getByLabel('Invoice number').fill(`SS/${serial}`);
  // What the scanner types: pack, expiry without a day, lot.
  const scan = page.getByLabel('Scan a pack');
  await scan.fill(`]d2010890123456789017${String(nextYear).slice(2)}0300${'10'}SC${serial}`);
  await scan.press('Enter');
  const line = page.getByRole('listitem', { name: 'Line 1' });
  await expect(line.getByLabel('Lot of line 1')).toHaveValue(`SC${serial}`);
  await expect(line.getByLabel('Expiry of line 1')).toHaveValue(`${nextYear}-03-31`);
  await line.getByRole('combobox', { name: 'Medicine' }).fill('timolol');
  await page
    .getByRole('option', { name: /^Timolol/ })
    .first()
    .click();
  await line.getByLabel('In a pack of line 1').fill('1');
  await line.getByLabel('Packs of line 1').fill('10');
  await line.getByLabel('Free of line 1').fill('1');
  await line.getByLabel('MRP a pack of line 1').fill('90');
  await line.getByLabel('Rate a pack of line 1').fill('60');
  await line.getByLabel('Discount % of line 1').fill('5');
  await page.getByLabel('Total on the paper').fill('5980');
  await page.getByRole('button', { name: 'Take into stock' }).click();
  // A slip of the finger is said in a sentence, and nothing that was typed is gone.
  await expect(page.getByText(/The lines come to .*598\.50/).first()).toBeVisible();
  await page.getByLabel('Total on the paper').fill('598.50');
  await page.getByRole('button', { name: 'Take into stock' }).click();
  await expect(page).toHaveURL(/\/purchases\/[0-9a-f]{24}$/);
  await expect(page.getByText(/11 bottles cost us/)).toBeVisible();

  await page.getByRole('button', { name: 'Note a payment' }).click();
  await page.getByRole('dialog').getByLabel('Amount').fill('98.50');
  await page.getByRole('dialog').getByRole('button', { name: 'Save payment' }).click();
  await expect(page.getByRole('heading', { name: 'Payments' })).toBeVisible();
  await page.goto('/purchases?show=due');
  await expect(page.getByText(/500\.00 left/).first()).toBeVisible();
});

test('what was dispensed gets labels and advice, comes back in part, stands in the register, and its lot is recalled', async ({
  page,
}) => {
  test.setTimeout(150_000);
  const serial = String(Date.now()).slice(-6);
  const [drops, lastName] = [`Watched${serial}`, `Back${serial}`];
  await signInAs(page, account('owner'));
  await page.goto('/medicines/new');
  await page.getByLabel('Name', { exact: true }).fill(drops);
  await page.getByLabel('Strength').fill('1 %');
  await page.getByLabel('Class of the law').selectOption({ label: 'Schedule H1' });
  await page.getByRole('button', { name: 'Add medicine' }).click();
  await expect(page).toHaveURL(/\/medicines\/[0-9a-f]{24}$/);
  const medicine = page.url();
  await page.getByRole('button', { name: 'Receive stock' }).click();
  const receive = page.getByRole('dialog');
  await receive.getByLabel('Lot number').fill(`WA${serial}`);
  await receive.getByLabel('Expiry date').fill(`03/${nextYear + 1}`);
  await receive.getByLabel('Quantity').fill('9');
  await receive.getByRole('button', { name: 'Take into stock' }).click();
  await expect(receive).toBeHidden();
  const row = await checkInNew(page, { firstName: 'Uma', lastName });
  await row.getByRole('link').first().click();
  await page.getByRole('link', { name: 'Prescribe medicines' }).click();
  const entry = page.getByRole('combobox', { name: 'Add a medicine' });
  await entry.fill(`${drops.toLowerCase()} 1 re 6x 1w > qid 1w > tid 1w > bd 1w; shake`);
  await expect(page.getByRole('option', { name: new RegExp(`^${drops}`) })).toBeVisible();
  await entry.press('Enter');
  await expect(page.getByRole('listitem', { name: new RegExp(drops) })).toBeVisible();
  await entry.press('Control+Enter');
  await expect(page).toHaveURL(/\/prescriptions\/[0-9a-f]{24}$/);
  await page.goto(page.url().replace('/prescriptions/', '/pharmacy/'));
  await page.getByRole('button', { name: 'Dispense', exact: true }).click();
  const given = page.getByRole('region', { name: 'Given so far' });
  await expect(given).toBeVisible();

  await given.getByLabel('Language').selectOption({ label: 'తెలుగు' });
  const address = (await given.getByRole('link', { name: 'Print labels' }).getAttribute('href')) ?? '';
  const labels = await page.request.get(address);
  expect(labels.headers()['content-type']).toBe('application/pdf');
  await given.getByRole('button', { name: 'Note the advice' }).click();
  const advice = page.getByRole('dialog');
  await advice.getByLabel('Shake the bottle').check();
  await advice.getByLabel('The patient said it back in their own words').check();
  await advice.getByRole('button', { name: 'Save advice' }).click();
  await expect(given.getByText(/Shake the bottle\. The patient said it back\./)).toBeVisible();

  await given.getByRole('link', { name: 'Take back' }).click();
  await page
    .getByLabel(new RegExp(`^Comes back of ${drops}`))
    .first()
    .fill('1');
  await page.getByLabel('Why it comes back').selectOption({ label: 'The doctor changed it' });
  await page.getByRole('button', { name: 'Take back' }).click();
  await expect(page.getByRole('heading', { name: 'Came back' })).toBeVisible();
  await expect(page.getByText(/1 bottle, lot .*back on the shelf/)).toBeVisible();

  // The register of the month is the ledger: two went out and one came back, on the page and on paper.
  await page.goto('/pharmacy/registers?class=h1');
  const entries = page
    .getByRole('list', { name: 'Register' })
    .getByRole('listitem')
    .filter({ hasText: drops });
  await expect(entries).toHaveCount(2);
  await expect(entries.first()).toContainText(`${drops} 1 %, 2 bottles`);
  await expect(entries.first()).toContainText(`Uma ${lastName}`);
  await expect(entries.last()).toContainText('1 bottle came back');
  const print = (await page.getByRole('link', { name: 'Print' }).getAttribute('href')) ?? '';
  const paper = readPdf(await (await page.request.get(print)).body()).text.join(' ');
  expect(paper).toContain('Schedule H1 register');
  expect(paper.split(`WA${serial}`)).toHaveLength(3);
  await page.goto(medicine);
  await expect(page.getByRole('row', { name: /Dispensed/ })).toContainText('2');
  await expect(page.getByRole('row', { name: /Returned/ })).toContainText('1');

  await page.getByRole('button', { name: 'Recall a lot' }).click();
  const recall = page.getByRole('dialog');
  await recall.getByLabel('Lot', { exact: true }).selectOption({ label: `WA${serial}` });
  await recall.getByLabel('Reason').fill('Particles');
  await recall.getByRole('button', { name: 'Recall it' }).click();
  await expect(page).toHaveURL(/\/pharmacy\/recalls\/[0-9a-f]{24}$/);
  const got = page.getByRole('list', { name: 'Who got it' }).getByRole('listitem');
  await expect(got).toHaveCount(1);
  await expect(got).toContainText(`Uma ${lastName}`);
  await expect(got).toContainText('1 bottle with them');
  await expect(page.getByText('Held: nothing more')).toBeVisible();
  const letters = (await page.getByRole('link', { name: 'Print letters' }).getAttribute('href')) ?? '';
  const letter = readPdf(await (await page.request.get(letters)).body()).text.join(' ');
  expect(letter).toContain(`Uma ${lastName}`);
  expect(letter).toContain(`WA${serial}`);
  await page.getByRole('button', { name: `Uma ${lastName} was told` }).click();
  await expect(page.getByRole('heading', { name: '1 of 1 told' })).toBeVisible();
});
