import { account, mailedLink, signInAs } from '../browser/demo';
import { checkInNew } from '../browser/front-desk';
import { expect, test } from '../browser/test';

test('a certificate is signed, changed, mailed and void; contact lenses; a code is read', async ({
  page,
  browser,
}) => {
  await signInAs(page, account('owner'));
  const email = `asha${Date.now()}@example.com`;
  const row = await checkInNew(page, { firstName: 'Asha', lastName: `Letter${Date.now() % 100_000}` });
  await row.getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'Stations' })).toBeVisible();
  const visit = page.url();

  // The address that papers may go to, and the language that they speak.
  await page.getByRole('link', { name: 'Open the patient' }).click();
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await page.getByText('Address, e-mail and notes').click();
  await page.getByLabel('Email', { exact: true }).fill(email);
  await page.getByText('Person, blood group and other numbers').click();
  await page.getByLabel('Language', { exact: true }).fill('Telugu');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page).toHaveURL(/\/patients\/[0-9a-f]{24}$/);

  await page.goto(visit);
  await page.getByRole('link', { name: 'Medical leave certificate' }).click();
  await page.getByLabel('Last day of rest').fill('2020-01-01');
  await page.getByRole('button', { name: 'Sign medical leave certificate' }).click();
  await expect(page.getByText('Enter a day on or after the first.').first()).toBeVisible();
  const first = await page.getByLabel('First day of rest').inputValue();
  await page.getByLabel('Last day of rest').fill(first);
  await expect(page.getByText('1 day', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Sign medical leave certificate' }).click();
  await expect(page).toHaveURL(/\/letters\/[0-9a-f]{24}$/);
  const paper = page.getByRole('article', { name: 'Medical leave certificate' });
  await expect(paper).toContainText('is advised rest for 1 day');

  await page.getByRole('link', { name: 'Change', exact: true }).click();
  await page.getByLabel('Remarks').fill('No screen work');
  await page.getByLabel('Reason for the change').fill('Screens');
  await page.getByRole('button', { name: 'Sign medical leave certificate' }).click();
  await expect(paper).toContainText('version 2');
  await expect(page.getByRole('list', { name: 'Other versions' })).toContainText('Void: Screens');

  await page.getByRole('button', { name: 'Send by e-mail' }).click();
  await page.getByRole('dialog').getByLabel('The patient agrees').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByRole('list', { name: 'Links that were sent' })).toContainText(email);
  const link = await mailedLink(page, email, '/papers/');
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(link);
  await stranger.getByLabel('Year of birth').fill('1957');
  await stranger.getByRole('button', { name: 'Open the paper' }).click();
  await expect(stranger.getByText(/not the year that the hospital has. 4 more tries/).first()).toBeVisible();
  await stranger.getByLabel('Year of birth').fill('1958');
  await stranger.getByRole('button', { name: 'Open the paper' }).click();
  await expect(stranger.getByRole('article')).toContainText('No screen work');
  await page.getByRole('button', { name: 'Take back' }).click();
  await expect(page.getByText('Taken back')).toBeVisible();

  await page.getByRole('button', { name: 'Void', exact: true }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('Wrong days');
  await page.getByRole('dialog').getByRole('button', { name: 'Void it' }).click();
  await expect(page.getByText(/^Voided by /)).toBeVisible();

  await page.goto(`${visit}/contact-lenses`);
  for (const [part, value] of [
    ['base curve', '8.6'],
    ['diameter', '14.2'],
    ['power', '-2'],
    ['brand', 'Clear 55'],
  ] as const)
    await page.getByLabel(`Right eye, ${part}`).fill(value);
  await page.getByRole('button', { name: 'Same lens as the right eye' }).click();
  await expect(page.getByLabel('Left eye, base curve')).toHaveValue('8.6');
  await page.getByLabel('Left eye, power').fill('-1.75');
  await page.getByLabel('Replaced').selectOption({ label: 'Every month' });
  await page.getByRole('button', { name: 'Sign contact lenses' }).click();
  await expect(page.getByRole('article', { name: 'Contact lenses' })).toContainText('8.60');

  // What is printed for a scanner is typed by one: the optician reads the same values.
  await page.goto('/pharmacy');
  const box = page.getByRole('searchbox', { name: 'Find a patient or scan a code' });
  await box.fill('cvg1.3.20261129.12.1.sn5cn2a90d8p63.s0');
  await box.press('Enter');
  await expect(page).toHaveURL(/\/glasses\/read/);
  await expect(page.getByRole('cell', { name: '−1.25' }).first()).toBeVisible();
});
