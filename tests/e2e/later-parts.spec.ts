import { account, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

// What comes after the page, and not with it.

test('what is asked for without a network comes once there is one, and takes nothing along', async ({
  page,
  context,
}) => {
  await signInAs(page, account('receptionist'));
  await page.goto('/patients/new');
  await page.getByLabel('First name').fill('Zarina');
  // Until the page has settled and what says that there is no connection is here.
  await page.waitForLoadState('networkidle');
  await context.setOffline(true);
  await page.keyboard.press('Control+k');
  await expect(page.getByText('This cannot be shown yet: no connection.')).toBeVisible();
  await expect(page.getByLabel('First name')).toHaveValue('Zarina');
  await context.setOffline(false);
  await expect(page.getByRole('combobox', { name: 'Search patients and pages' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('First name')).toHaveValue('Zarina');
});

test('a list keeps the columns that were chosen, and its keys', async ({ page }) => {
  await signInAs(page, account('pharmacist'));
  await page.goto('/medicines');
  const reorder = page.getByRole('columnheader', { name: 'Reorder at' });
  await expect(reorder).toBeVisible();
  await page.getByRole('button', { name: 'Columns' }).press('ArrowDown');
  await page.getByRole('menuitemcheckbox', { name: 'Reorder at', checked: true }).click();
  await expect(reorder).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Columns' })).toBeFocused();
  await page.reload();
  await expect(page.getByRole('columnheader', { name: 'Medicine' })).toBeVisible();
  await expect(reorder).toHaveCount(0);
  await page.getByRole('link', { name: 'On hand' }).click();
  await expect(page.getByRole('columnheader', { name: 'On hand' })).toHaveAttribute('aria-sort', 'ascending');
  const links = page.locator('a[data-row-link]');
  await links.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(links.nth(1)).toBeFocused();
});
