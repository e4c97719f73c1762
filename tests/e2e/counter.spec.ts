import { readPdf } from '../assertions/pdf-text';
import { account, signInAs } from '../browser/demo';
import { newPack } from '../browser/packs';
import { addSupplier } from '../browser/suppliers';
import { expect, test } from '../browser/test';

test('a customer buys two bottles by scanner and brings one back', async ({ page }) => {
  await signInAs(page, account('owner'));
  await page.goto('/pharmacy');
  await page.getByRole('link', { name: 'Sell', exact: true }).click();
  const pack = newPack();
  const scan = page.getByLabel('Scan a pack');
  await scan.fill(pack);
  await scan.press('Enter');
  // Nobody has scanned it before: it is asked once.
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Medicine in the pack' }).fill('timolol');
  await page
    .getByRole('option', { name: /^Timolol/ })
    .first()
    .click();
  await dialog.getByRole('button', { name: 'Remember' }).click();
  await expect(dialog).toBeHidden();
  // The form of the dialog is not that of the page: nothing was sold, and nothing refused.
  await expect(page.getByText('Add what is sold.')).toHaveCount(0);
  const quantity = page.getByLabel(/^Quantity of Timolol/);
  await expect(quantity).toHaveValue('1');
  await scan.fill(pack);
  await scan.press('Enter');
  await expect(quantity).toHaveValue('2');
  await expect(page.getByText(/2 from lot/)).toBeVisible();
  await page.getByLabel('Name', { exact: true }).fill('Ravi Kumar');
  // Of Schedule H: the paper that was shown is named.
  await page.getByRole('textbox', { name: 'Doctor', exact: true }).fill('Dr Sen');
  await page.getByLabel('Date on the paper').fill(new Date().toISOString().slice(0, 10));
  await page.getByRole('button', { name: 'Sell and bill' }).click();
  await expect(page).toHaveURL(/\/pharmacy\/sales\/[0-9a-f]{24}$/);
  await expect(page.getByRole('heading', { name: 'Sale to Ravi Kumar' })).toBeVisible();
  const bill = await page.request.get(
    (await page.getByRole('link', { name: 'Print bill' }).getAttribute('href')) ?? '',
  );
  expect(bill.headers()['content-type']).toBe('application/pdf');
  // Its tax is one half of the country and one of the state, out of the price.
  const paper = readPdf(await bill.body()).text.join(' ');
  const half = (name: string) => new RegExp(`${name} 2.5 %[^A-Z]*?([\\d.]+)`).exec(paper)?.[1];
  expect(half('CGST'), paper).toBeTruthy();
  expect(half('SGST'), paper).toBe(half('CGST'));

  await page.getByRole('link', { name: 'Take back' }).click();
  const back = page.getByLabel(/^Comes back of Timolol/).first();
  await back.fill('30');
  await expect(back).toHaveValue('30');
  await expect(page.getByText(/of this lot (is|are) still with the patient\./)).toBeVisible();
  await back.fill('1');
  await page.getByLabel('Why it comes back').selectOption({ label: 'Not needed any more' });
  await page.getByRole('button', { name: 'Take back' }).click();
  await expect(page.getByRole('heading', { name: 'Came back' })).toBeVisible();
  await page.goto('/cashier/charges?show=credit');
  await expect(page.getByText('Ravi Kumar').first()).toBeVisible();
});

test('what is typed in the moment in which the shelf answers loses neither', async ({ page }) => {
  await signInAs(page, account('pharmacist'));
  await page.goto('/pharmacy/sales/new');
  await page.getByRole('combobox', { name: 'Add a medicine' }).fill('homatropine');
  const found = page.getByRole('option', { name: /^Homatropine/ }).first();
  await found.waitFor();
  // Between the answer's reading and its drawing: after the promises, before the next task.
  await page.evaluate(() => {
    const ask = window.fetch;
    window.fetch = async (...given) => {
      const answer = await ask(...given);
      if (!String(given[0]).includes('/shelf')) return answer;
      window.fetch = ask;
      const read = answer.json.bind(answer);
      const type = async () => {
        for (let turn = 0; turn < 30; turn += 1) await null;
        const box = document.querySelector('input[aria-label^="Quantity of Homatropine"]');
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(box, '3');
        box?.dispatchEvent(new Event('input', { bubbles: true }));
      };
      return Object.assign(answer, { json: () => read().finally(() => void type()) });
    };
  });
  await found.click();
  await expect(page.getByText(/3 from lot/)).toBeVisible();
});

test('a sale that was typed and left is gone on with, and has the scan of its paper still', async ({
  page,
}) => {
  await signInAs(page, account('owner'));
  await page.goto('/pharmacy/sales/new');
  await page.getByRole('combobox', { name: 'Add a medicine' }).fill('moxifloxacin');
  await page
    .getByRole('option', { name: /^Moxifloxacin/ })
    .first()
    .click();
  await page.getByLabel('Name', { exact: true }).fill('Lata Rao');
  // Of Schedule H1: a scan may be kept, and is at the server before anything is sold.
  await page.getByLabel('Choose the scan').setInputFiles({
    ...{ name: 'paper.pdf', mimeType: 'application/pdf' },
    buffer: Buffer.from('%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n'),
  });
  await expect(page.getByRole('button', { name: 'Remove paper.pdf' })).toBeVisible();
  const kept = page.waitForResponse(
    (answer) => answer.url().includes('/drafts') && answer.request().method() === 'PUT',
  );
  await page.getByRole('textbox', { name: 'Doctor', exact: true }).fill('Dr Sen');
  await page.getByLabel('Date on the paper').fill(new Date().toISOString().slice(0, 10));
  await kept;
  await page.goto('/pharmacy');
  await page.goto('/pharmacy/sales/new');
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByLabel(/^Quantity of Moxifloxacin/)).toHaveValue('1');
  await expect(page.getByRole('button', { name: 'Remove paper.pdf' })).toBeVisible();
  await page.getByRole('button', { name: 'Sell and bill' }).click();
  await expect(page).toHaveURL(/\/pharmacy\/sales\/[0-9a-f]{24}$/);
  await expect(page.getByRole('link', { name: /paper\.pdf/ })).toBeVisible();
});

test('an order is approved, comes in two parts with what is free, and what was dearer is said', async ({
  page,
}) => {
  const serial = String(Date.now()).slice(-6);
  await signInAs(page, account('owner'));
  await addSupplier(page, `Order ${serial}`);

  await page.goto('/purchases/orders');
  await page.getByRole('link', { name: 'New order' }).click();
  await page.getByLabel('Supplier', { exact: true }).selectOption({ label: `Order ${serial}` });
  await page.getByRole('combobox', { name: 'Medicine' }).fill('timolol');
  await page
    .getByRole('option', { name: /^Timolol/ })
    .first()
    .click();
  await page.getByLabel('Packs of line 1').fill('10');
  await page.getByLabel('Free of line 1').fill('1');
  await page.getByLabel('Rate a pack of line 1').fill('60');
  await page.getByRole('button', { name: 'Save as a draft' }).click();
  await expect(page).toHaveURL(/\/purchases\/orders\/[0-9a-f]{24}$/);
  const order = page.url();
  await page.getByRole('button', { name: 'Approve' }).click();

  for (const [packs, free, rate, total, open] of [
    ['4', '0', '66', '264', '6 + 1 free'],
    ['6', '1', '60', '360', '0'],
  ] as const) {
    await page.getByRole('link', { name: 'Goods have come' }).click();
    await page.getByLabel('Invoice number').fill(`${serial}-${packs}`);
    await page.getByLabel('Lot of line 1').fill(`O${serial}${packs}`);
    await page.getByLabel('Expiry of line 1').fill(`03/${new Date().getFullYear() + 2}`);
    await page.getByLabel('Packs of line 1').fill(packs);
    await page.getByLabel('Free of line 1').fill(free);
    await page.getByLabel('Rate a pack of line 1').fill(rate);
    await page.getByLabel('Tax of line 1').selectOption({ label: '0 %' });
    await page.getByLabel('Total on the paper').fill(total);
    await page.getByRole('button', { name: 'Take into stock' }).click();
    await expect(page).toHaveURL(/\/purchases\/[0-9a-f]{24}$/);
    // What came for nothing is in stock and costs nothing.
    if (free === '1') await expect(page.getByText('7 bottles cost us ₹360.00')).toBeVisible();
    if (rate === '66') await expect(page.getByText(/a pack above the order/)).toBeVisible();
    await page.goto(order);
    await expect(
      page
        .getByRole('row', { name: /^Timolol/ })
        .getByRole('cell')
        .nth(3),
    ).toHaveText(open);
  }
  await expect(page.getByText('Received', { exact: true }).first()).toBeVisible();
});
