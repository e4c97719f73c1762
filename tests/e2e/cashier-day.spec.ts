import type { Page } from 'playwright/test';
import { type Account, account, demo, signInAs } from '../browser/demo';
import { checkInNew } from '../browser/front-desk';
import { expect, test } from '../browser/test';

test.setTimeout(240_000);

const stamp = Date.now().toString().slice(-6);
const lastName = `Day${stamp}`;
const reference = (index: number) => `${Date.now().toString().slice(-9)}${String(index).padStart(3, '0')}`;

function named(email: string): Account {
  const found = demo().accounts.find((one) => one.email === email);
  if (!found) throw new Error(`There is nobody with ${email}`);
  return found;
}

/** Opens the bill of somebody who is here; the fee of the visit is on it. */
async function openBill(page: Page, firstName: string): Promise<void> {
  await page.goto('/cashier');
  await page
    .getByRole('list', { name: 'Here today' })
    .getByRole('listitem')
    .filter({ hasText: `${firstName} ${lastName}` })
    .getByRole('link', { name: /^Bill / })
    .click();
  await expect(page.getByRole('list', { name: 'Lines of the bill' })).toContainText('Consultation');
}

const issue = async (page: Page) => {
  await page.getByRole('button', { name: 'Issue bill' }).click();
  await expect(page.getByRole('heading', { name: /^Bill .*B\// })).toBeVisible();
};

/** Takes a payment by some ways; what is not said goes all to the one way. */
async function pay(page: Page, way: string | null, fill: Record<string, string>, state = 'Paid') {
  const form = page.getByRole('form', { name: 'Payment' });
  if (way) await form.getByRole('button', { name: way, exact: true }).click();
  for (const [label, text] of Object.entries(fill))
    await form.getByLabel(label, { exact: label === 'Cash' }).fill(text);
  await form.getByRole('button', { name: 'Take payment' }).click();
  await expect(page.getByText(state, { exact: true }).first()).toBeVisible();
}

async function count(page: Page, pieces: Record<string, string>, button: string): Promise<void> {
  for (const [label, text] of Object.entries(pieces)) await page.getByLabel(label).fill(text);
  await page.getByLabel('There are no other notes or coins').check();
  await page.getByRole('button', { name: button, exact: true }).click();
}

test('a day of ten patients: every way to pay, a package, a handover, and the right cash at its end', async ({
  page,
  browser,
}) => {
  const owner = await (await browser.newContext()).newPage();
  const next = await (await browser.newContext()).newPage();
  await signInAs(owner, account('owner'));
  await signInAs(next, named('receptionist2@aravali.test'));
  await signInAs(page, account('receptionist'));

  // The owner says what a cataract operation includes.
  await owner.goto('/settings/price-list');
  await owner.getByLabel('Find a service').fill('phaco');
  await owner
    .getByRole('button', { name: /^What .* includes$/ })
    .first()
    .click();
  const dialog = owner.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Add a part' }).fill('oct mac');
  await owner.getByRole('option', { name: /OCT macula/ }).click();
  await dialog.getByLabel(/^How many of OCT/).fill('2');
  await dialog.getByLabel('Days').fill('45');
  await dialog.getByRole('button', { name: 'Save package' }).click();
  await expect(owner.getByText(/Includes 2 × OCT macula/).first()).toBeVisible();

  const people = ['Asha', 'Bina', 'Chand', 'Divya', 'Esha', 'Farid', 'Gauri', 'Hari', 'Indu', 'Jaya'];
  for (const [index, firstName] of people.entries())
    await checkInNew(next, { firstName, lastName, birthDate: `19${50 + index}-0${(index % 9) + 1}-14` });

  await page.goto('/cashier/shift');
  await page.getByLabel('Cash in the drawer').fill('1,000');
  await page.getByRole('button', { name: 'Open shift' }).click();
  await expect(page.getByRole('heading', { name: 'Close shift' })).toBeVisible();

  await openBill(page, 'Asha');
  await issue(page);
  await pay(page, null, { 'Cash handed over': '1000' });

  await openBill(page, 'Bina');
  await issue(page);
  await pay(page, 'UPI', { 'UPI reference': reference(1) });

  await openBill(page, 'Chand');
  await issue(page);
  await pay(page, 'Card', { 'Number on the card slip': `SLIP${stamp}` });

  await openBill(page, 'Divya');
  await issue(page);
  const split = page.getByRole('form', { name: 'Payment' });
  await split.getByLabel('Cash', { exact: true }).fill('300');
  await pay(page, 'UPI', { 'UPI reference': reference(2) });

  // An insurer pays all of one, the sponsor of a camp that of another but for a line.
  await openBill(page, 'Esha');
  await page.getByLabel('Who pays').selectOption({ label: 'Star Health Insurance' });
  await expect(page).toHaveURL(/payer=/);
  await issue(page);
  await expect(page.getByText('With the payer', { exact: true }).first()).toBeVisible();
  await openBill(page, 'Farid');
  await page.getByLabel('Add a service').fill('oct mac');
  await page.getByRole('option', { name: /OCT macula/ }).click();
  await page.getByLabel('Who pays').selectOption({ label: 'Lions Club Jaipur' });
  await expect(page).toHaveURL(/payer=/);
  await page.getByLabel(/Consultation.* is not payable/).check();
  await expect(page.getByText('The patient pays', { exact: true })).toBeVisible();
  await issue(page);
  await pay(page, 'UPI', { 'UPI reference': reference(3) }, 'With the payer');

  // An advance is taken, and used.
  await openBill(page, 'Gauri');
  await issue(page);
  const bill = page.url();
  await page.getByRole('link', { name: new RegExp(`Gauri ${lastName}`) }).click();
  await page.getByRole('button', { name: 'Advance', exact: true }).click();
  await page.getByRole('dialog').getByLabel('Amount').fill('500');
  await page.getByRole('dialog').getByRole('button', { name: 'Take advance' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.goto(bill);
  await page.getByRole('form', { name: 'Payment' }).getByRole('button', { name: 'Advance' }).click();
  await pay(page, null, {});

  // Half of it, which the manager approves at this counter.
  await openBill(page, 'Hari');
  await page.getByLabel('Discount', { exact: true }).selectOption('rate');
  await page.getByLabel('Percent', { exact: true }).fill('50');
  await page.getByLabel('Reason').selectOption('staff');
  await page.getByLabel('Approved by').selectOption({ label: 'Nikhil Joshi' });
  await page.getByLabel('Their PIN or password').fill(account('admin').password);
  await issue(page);
  await pay(page, null, {});

  // One who goes home: nothing was paid, and all of it is taken back.
  await openBill(page, 'Indu');
  await issue(page);
  await owner.goto(page.url());
  await owner.getByRole('button', { name: 'Cancel services' }).click();
  await owner
    .getByRole('button', { name: /^All of / })
    .first()
    .click();
  await owner.getByLabel('Reason').fill('Went home');
  await owner.getByRole('button', { name: 'Issue credit note' }).click();
  await expect(owner.getByText('Credited', { exact: true }).first()).toBeVisible();

  // A package, paid in part.
  await openBill(page, 'Jaya');
  await page.getByLabel('Add a service').fill('phaco');
  await page.getByRole('option', { name: /phaco/i }).click();
  await issue(page);
  await expect(page.getByRole('list', { name: 'Packages' })).toContainText('0 of 2 done');
  await pay(page, null, { Cash: '1000' }, 'Part paid');
  // The form of the rest begins with nothing: a press too many takes nothing.
  const rest = page.getByRole('form', { name: 'Payment' });
  await expect(rest.getByLabel('Cash', { exact: true })).toHaveValue('');
  await rest.getByRole('button', { name: 'Take payment' }).click();
  await expect(rest.getByText('Enter what is paid.').first()).toBeVisible();

  // 1,000 to begin with; 500, 300, the advance of 500, 250 and 1,000 came in.
  await page.goto('/cashier/handover');
  await page.getByLabel('Who takes over').selectOption({ label: 'Neha Verma' });
  await count(page, { '₹500 notes': '7', '₹50 notes': '1' }, 'Hand over');
  await expect(page.getByText(/Neha Verma is to take over the drawer/)).toBeVisible();
  await next.goto('/cashier');
  await next.getByRole('link', { name: 'Count it' }).click();
  await expect(next.getByText(`SLIP${stamp}`)).toBeVisible();
  await next.getByRole('button', { name: 'Refuse it' }).first().click();
  await next.getByRole('dialog').getByLabel('Reason').fill('The slip is not here');
  await next.getByRole('dialog').getByRole('button', { name: 'Refuse it' }).click();
  await expect(next.getByRole('dialog')).toHaveCount(0);

  // Refused, it takes payments as before; then it is counted by both.
  await page.goto('/cashier/handover');
  await page.getByLabel('Who takes over').selectOption({ label: 'Neha Verma' });
  await count(page, { '₹500 notes': '7', '₹50 notes': '1' }, 'Hand over');
  await expect(page.getByText(/Neha Verma is to take over the drawer/)).toBeVisible();
  await next.goto('/cashier/handover');
  await next.getByLabel(new RegExp(`SLIP${stamp}`)).check();
  await count(next, { '₹500 notes': '7', '₹50 notes': '1' }, 'Take over');
  await expect(next.getByRole('heading', { name: 'Hand your drawer over' })).toBeVisible();
  await next.goto('/cashier/shift');
  await count(next, { '₹500 notes': '7', '₹50 notes': '1' }, 'Close shift');
  await expect(next.getByRole('table', { name: 'Shifts' }).getByRole('row').nth(1)).toContainText('None');

  await owner.goto('/cashier/day-book');
  const shifts = owner.getByRole('table', { name: 'Shifts' }).getByRole('row');
  await expect(shifts.filter({ hasText: 'Handed over to Neha Verma' })).toContainText('3,550.00');
  const handovers = owner.getByRole('table', { name: 'Handovers' }).getByRole('row');
  await expect(handovers.filter({ hasText: 'Taken over' })).toContainText('None');
  await expect(handovers.filter({ hasText: 'Refused' })).toContainText('The slip is not here');
});
