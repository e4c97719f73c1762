import { randomUUID } from 'node:crypto';
import { expectAccessible } from '../browser/accessible';
import { account, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

test('the company gives a customer credit, keeps a contact and a note with a file, and finds all of it again', async ({
  page,
}) => {
  const admin = account('super-admin');
  const hospital = account('owner').organization ?? '';
  const tag = randomUUID().slice(0, 8);
  await signInAs(page, admin);
  await page.goto(`/platform/organizations?q=${encodeURIComponent(hospital)}`);
  await page.getByRole('link', { name: hospital, exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: hospital })).toBeVisible();

  // Of one record, so it is not in the list of accessibility.spec.ts.
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 720 });

  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Give credit' }).click();
  await dialog.getByLabel('Amount').fill('0');
  await dialog.getByLabel('Reason').fill(`Down for a day ${tag}`);
  await dialog.getByLabel('Current password').fill(admin.password);
  await dialog.getByRole('button', { name: 'Give credit' }).click();
  await expect(dialog.getByText('Enter more than nothing.').first()).toBeVisible();
  await dialog.getByLabel('Amount').fill('12.50');
  await dialog.getByLabel('Current password').fill(admin.password);
  await dialog.getByRole('button', { name: 'Give credit' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('list', { name: 'Credits' }).getByText(`Down for a day ${tag}`)).toBeVisible();

  await page.getByRole('button', { name: 'Add contact' }).click();
  await dialog.getByLabel('Name').fill(`Asha ${tag}`);
  await dialog.getByLabel('Position').fill('Head of purchasing');
  await dialog.getByRole('button', { name: 'Add contact' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(`Asha ${tag}`)).toBeVisible();

  await page.getByLabel('New note').fill(`Wants a branch in Pune ${tag}`);
  await page.getByLabel('Choose files to attach').setInputFiles({
    name: `plan-${tag}.txt`,
    mimeType: 'text/plain',
    buffer: Buffer.from('Two rooms'),
  });
  await expect(page.getByText('Attached', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Keep note' }).click();
  const notes = page.getByRole('list', { name: 'Notes' });
  await expect(notes.getByText(`Wants a branch in Pune ${tag}`)).toBeVisible();
  const download = page.waitForEvent('download');
  await notes.getByRole('link', { name: `plan-${tag}.txt` }).click();
  expect((await download).suggestedFilename()).toBe(`plan-${tag}.txt`);

  await page.getByRole('link', { name: 'Timeline' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Timeline' })).toBeVisible();
  await expect(page.getByText(`Wants a branch in Pune ${tag}`)).toBeVisible();
  await expect(page.getByText('Mail: Credit given').first()).toBeVisible();
  // Of one record, so it is not in the list of accessibility.spec.ts.
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 720 });

  await page.goto('/platform/mails');
  await page.getByLabel('Search mails').fill(account('owner').email);
  await expect(page.getByText('Credit given').first()).toBeVisible();
});

test('somebody of the company chooses what they are told of', async ({ page }) => {
  await signInAs(page, account('super-admin'));
  await page.goto('/platform');
  await page.getByRole('link', { name: /^Notifications/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Notifications' })).toBeVisible();
  await page.getByLabel('A cell is filling up').selectOption('product');
  await page.getByRole('button', { name: 'Save choices' }).click();
  await expect(page.getByText('Your choices are kept.')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('A cell is filling up')).toHaveValue('product');
});
