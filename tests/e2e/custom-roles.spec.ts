import type { Page } from 'playwright/test';
import { account, demo, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

// Nobody else's test signs in as this person.
const secondReceptionist = () => {
  const found = demo().accounts.find(({ email }) => email === 'receptionist2@aravali.test');
  if (!found) throw new Error('receptionist2 is not in the demonstration data');
  return found;
};

const status = async (page: Page, path: string): Promise<number> =>
  (await page.request.get(`${demo().app}${path}`)).status();

test('an owner makes a role, and its holder may do the new thing and nothing else', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  const desk = secondReceptionist();
  await signInAs(page, account('owner'));
  await page.goto('/settings/roles');
  await page.getByRole('link', { name: 'New role' }).click();
  await page.getByLabel('Name of the role').fill('Front desk lead');
  await page.getByLabel('See and export reports').check();
  await page.getByLabel('See medicines and stock').uncheck();
  await page.getByRole('button', { name: 'Create role' }).click();
  await expect(page).toHaveURL(/\/settings\/roles$/);
  await expect(page.getByRole('columnheader', { name: /Front desk lead/ })).toBeVisible();

  await page.goto('/staff');
  const row = page.getByRole('row').filter({ hasText: desk.email });
  await row.getByRole('button', { name: /^Actions for/ }).click();
  await page.getByRole('menuitem', { name: 'Change role' }).click();
  const dialog = page.getByRole('dialog');
  const option = dialog.getByRole('option', { name: /^Front desk lead/ });
  await dialog.getByLabel('Role').selectOption((await option.getAttribute('value')) ?? '');
  await dialog.getByRole('button', { name: 'Change role' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(row).toContainText('Front desk lead');

  const other = await browser.newContext({ baseURL: demo().app });
  const holder = await other.newPage();
  await signInAs(holder, desk);
  await holder.goto('/today');
  const navigation = holder.getByRole('navigation').first();
  await expect(navigation.getByRole('link', { name: 'Reports' })).toBeVisible();
  await expect(navigation.getByRole('link', { name: 'Medicines' })).toHaveCount(0);
  expect(await status(holder, '/reports')).toBe(200);
  for (const path of ['/medicines', '/settings', '/settings/roles', '/billing'])
    expect(await status(holder, path), path).toBe(403);

  // Deleting asks which role they get, and everything is as before.
  await page.goto('/settings/roles');
  await page.getByRole('link', { name: 'Front desk lead' }).click();
  await page.getByRole('button', { name: 'Delete role' }).click();
  await page.getByLabel('Role they get instead').selectOption('receptionist');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete role' }).click();
  await expect(page).toHaveURL(/\/settings\/roles$/);
  await expect(page.getByRole('columnheader', { name: /Front desk lead/ })).toHaveCount(0);
  await other.close();
});
