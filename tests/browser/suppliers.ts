import { expect, type Page } from 'playwright/test';

/** At `/suppliers`, with 30 days of credit. */
export async function addSupplier(page: Page, name: string): Promise<void> {
  await page.goto('/suppliers');
  await page.getByRole('button', { name: 'Add supplier' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Days of credit').fill('30');
  await dialog.getByRole('button', { name: 'Add supplier' }).click();
  await expect(page.getByText(name).first()).toBeVisible();
}
