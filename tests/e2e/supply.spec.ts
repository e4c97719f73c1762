import { buffer } from 'node:stream/consumers';
import { type SheetCell, workbookOf } from '../../lib/spreadsheet';
import { account, signInAs } from '../browser/demo';
import { addSupplier } from '../browser/suppliers';
import { expect, test } from '../browser/test';

const inTwoYears = `${new Date().getFullYear() + 2}-03-31`;

async function workbook(rows: readonly (readonly SheetCell[])[]) {
  async function* each() {
    yield* rows;
  }
  return {
    name: 'goods.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: await buffer(workbookOf(each()) as never),
  };
}

test('what runs low is proposed, ordered, comes in part, and fills the counter’s store', async ({ page }) => {
  test.setTimeout(150_000);
  const serial = String(Date.now()).slice(-6);
  const [drops, supplier, store] = [`Story ${serial}`, `Supply ${serial}`, `Counter ${serial}`];
  await signInAs(page, account('owner'));

  // A new medicine, of which six came with an invoice that the supplier sent as a workbook.
  await page.goto('/medicines/new');
  await page.getByLabel('Name', { exact: true }).fill(drops);
  await page.getByLabel('Form', { exact: true }).selectOption({ label: 'Eye drops' });
  await page.getByLabel('Unit', { exact: true }).fill('bottle');
  await page.getByLabel('Reorder level').fill('20');
  await page.getByRole('button', { name: 'Add medicine' }).click();
  await expect(page).toHaveURL(/\/medicines\/[0-9a-f]{24}$/);
  const medicine = page.url();
  await addSupplier(page, supplier);
  await page.goto('/purchases/new');
  await page.getByLabel('Supplier', { exact: true }).selectOption({ label: supplier });
  await page.getByLabel('Invoice number').fill(`A/${serial}`);
  await page.getByRole('button', { name: 'From a spreadsheet' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('File').setInputFiles(
    await workbook([
      ['Product name', 'Batch no.', 'Exp. date', 'Qty', 'PTR', 'GST %'],
      [drops.toUpperCase(), `A${serial}`, { day: inTwoYears }, 5, 10, 0],
      [`Wholesale ${serial}`, `W${serial}`, { day: inTwoYears }, 1, 10, 0],
    ]),
  );
  await expect(dialog.getByLabel('Content')).toHaveValue(new RegExp(`A${serial},${inTwoYears},5,10,0`));
  await dialog.getByRole('button', { name: 'Add the lines' }).click();
  await expect(page.getByText(`Line 3: Wholesale ${serial} is not in the list: choose it.`)).toBeVisible();
  // The supplier's own name is asked about once. The dialog gives the focus back when it has gone.
  await expect(page.getByRole('button', { name: 'From a spreadsheet' })).toBeFocused();
  await page.getByPlaceholder(`Wholesale ${serial}`).fill(drops);
  await page.getByRole('option', { name: new RegExp(`^${drops}`) }).click();
  await expect(page.getByText(`The supplier calls it “Wholesale ${serial}”`)).toBeVisible();
  await page.getByLabel('Total on the paper').fill('60');
  await page.getByRole('button', { name: 'Take into stock' }).click();
  await expect(page).toHaveURL(/\/purchases\/[0-9a-f]{24}$/);
  await expect(page.getByText(/5 bottles cost us/)).toBeVisible();
  await page.goto('/purchases/new');
  await page.getByLabel('Supplier', { exact: true }).selectOption({ label: supplier });
  await page.getByRole('combobox', { name: 'Medicine' }).fill('wholesale');
  await expect(page.getByRole('option', { name: new RegExp(`^${drops}`) })).toContainText('of the supplier');
  await page.goto('/suppliers');
  await page.getByRole('link', { name: supplier }).click();
  await page.getByRole('button', { name: `Forget Wholesale ${serial}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Forget it' }).click();
  await expect(page.getByRole('list', { name: 'Names of the supplier' })).toHaveCount(0);

  // The counter's store shall have twelve.
  await page.goto('/stock');
  await page.getByRole('button', { name: 'Add store' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(store);
  await page.getByRole('dialog').getByRole('button', { name: 'Add store' }).click();
  await expect(page.getByText(store).first()).toBeVisible();
  await page.goto(medicine);
  await page.getByRole('button', { name: `Least and most in ${store}` }).click();
  await page.getByRole('dialog').getByLabel('Least', { exact: true }).fill('5');
  await page.getByRole('dialog').getByLabel('Most', { exact: true }).fill('12');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('least 5, most 12')).toBeVisible();

  await page.goto('/purchases/orders/proposal');
  await page.getByRole('link', { name: `Make a draft order for ${supplier}` }).click();
  await expect(page.getByLabel('Packs of line 1')).toHaveValue('14');
  await page.getByRole('button', { name: 'Save as a draft' }).click();
  await expect(page).toHaveURL(/\/purchases\/orders\/[0-9a-f]{24}$/);
  const order = page.url();
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('link', { name: 'Goods have come' }).click();
  await page.getByLabel('Invoice number').fill(`B/${serial}`);
  await page.getByLabel('Lot of line 1').fill(`B${serial}`);
  await page.getByLabel('Expiry of line 1').fill(inTwoYears);
  await page.getByLabel('Packs of line 1').fill('8');
  await page.getByLabel('Tax of line 1').selectOption({ label: '0 %' });
  await page.getByLabel('Total on the paper').fill('80');
  await page.getByRole('button', { name: 'Take into stock' }).click();
  await expect(page).toHaveURL(/\/purchases\/[0-9a-f]{24}$/);
  await page.goto(order);
  await expect(page.getByText('Partly received').first()).toBeVisible();
  // What is still to come is not ordered once more.
  await page.goto('/purchases/orders/proposal');
  await expect(page.getByRole('link', { name: `Make a draft order for ${supplier}` })).toHaveCount(0);

  await page.goto('/stock/refill');
  await page.getByRole('link', { name: `Make a transfer to ${store}` }).click();
  await expect(page.getByLabel(new RegExp(`^Pieces of ${drops}`)).first()).not.toHaveValue('');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page).toHaveURL(/\/stock\/transfers\/[0-9a-f]{24}$/);
  const transfer = page.url();
  // On its way it is neither low nor to be refilled once more.
  await page.goto('/stock/refill');
  await expect(page.getByRole('link', { name: `Make a transfer to ${store}` })).toHaveCount(0);
  await page.goto('/purchases/orders/proposal');
  await expect(page.getByRole('link', { name: `Make a draft order for ${supplier}` })).toHaveCount(0);
  await page.goto(transfer);
  await page.getByRole('button', { name: 'Take in' }).click();
  await expect(page.getByRole('button', { name: 'Take in' })).toHaveCount(0);
  await expect(page.getByText(/: 6 received/).first()).toBeVisible();
  await page.goto(medicine);
  await expect(
    page.getByRole('listitem').filter({ hasText: store }).filter({ hasText: 'least 5' }),
  ).toContainText('12 bottles');
});

test('a colleague’s count stands beside one’s own, and one of them is chosen', async ({ page, browser }) => {
  test.setTimeout(120_000);
  const serial = String(Date.now()).slice(-6);
  await signInAs(page, account('owner'));
  await page.goto('/stock');
  await page.getByRole('button', { name: 'Add store' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(`Shelf ${serial}`);
  await page.getByRole('dialog').getByRole('button', { name: 'Add store' }).click();
  await expect(page.getByText(`Shelf ${serial}`).first()).toBeVisible();
  await page.goto('/stock/opening');
  await page.getByLabel('Into store').selectOption({ label: `Shelf ${serial}` });
  const head = 'Medicine,Strength,Form,Lot,Expiry,Quantity,Store';
  const lot = (name: string, store: string) =>
    `Homatropine,2 %,Eye drops,${name}${serial},${inTwoYears},5,${store}`;
  await page.getByLabel('Content').fill([head, lot('CA', ''), lot('CA', 'Main store')].join('\n'));
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByText(new RegExp(`2 lots into Shelf ${serial}, Main store`))).toBeVisible();
  // What was looked at and not done is offered again.
  await page.goto('/stock');
  await page.goto('/stock/opening');
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByLabel('Content')).toHaveValue(new RegExp(`CA${serial}`));
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('button', { name: 'Take over' }).click();
  await expect(page).toHaveURL(/\/stock$/);

  await page.goto('/stock/counts');
  await page.getByRole('button', { name: 'New stocktake' }).click();
  await page
    .getByRole('dialog')
    .getByLabel('Store')
    .selectOption({ label: `Shelf ${serial}` });
  await page.getByRole('dialog').getByRole('button', { name: 'Begin' }).click();
  await expect(page).toHaveURL(/\/stock\/counts\/[0-9a-f]{24}$/);
  const address = page.url();
  const counted = page.getByLabel(/^Counted of Homatropine/);
  await counted.fill('4');

  const colleague = await (await browser.newContext()).newPage();
  await signInAs(colleague, account('pharmacist'));
  await colleague.goto(address);
  await colleague.getByLabel(/^Counted of Homatropine/).fill('5');
  await colleague.getByRole('button', { name: 'Save counts' }).click();
  await expect(colleague.getByText('Saved.').first()).toBeVisible();

  await page.getByRole('button', { name: 'Save counts' }).click();
  await expect(page.getByText(/has counted 5 meanwhile, and you 4/)).toBeVisible();
  await expect(counted).toHaveValue('4');
  await page.getByRole('button', { name: /^Keep my count/ }).click();
  await page.getByRole('button', { name: 'Save counts' }).click();
  await expect(page.getByText('Saved.').first()).toBeVisible();
  await page.reload();
  await expect(counted).toHaveValue('4');
  // Taken back, it is to be counted again.
  await counted.fill('');
  await page.getByRole('button', { name: 'Save counts' }).click();
  await expect(page.getByText('Saved.').first()).toBeVisible();
  await page.reload();
  await expect(page.getByText('1 of 1 lots are to be counted.')).toBeVisible();
  await expect(counted).toHaveValue('');
  await colleague.context().close();
});
