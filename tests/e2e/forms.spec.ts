import type { Locator, Page } from 'playwright/test';
import { account, demo, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

test('two people save the same settings: nothing is put back, and one’s own next save goes through', async ({
  page,
}) => {
  await signInAs(page, account('owner', 1));
  const context = await page.context().browser()?.newContext({ baseURL: demo().app });
  if (!context) throw new Error('no browser');
  const colleague = await context.newPage();
  await signInAs(colleague, account('owner', 1));
  const [mine, theirs] = [page, colleague].map((one) => one.getByRole('form', { name: 'Letterhead' }));
  if (!mine || !theirs) throw new Error('no form');
  await page.goto('/settings/letterhead');
  await colleague.goto('/settings/letterhead');
  const save = (form: Locator) => form.getByRole('button', { name: 'Save letterhead' }).click();
  const saved = (one: Page) => expect(one.locator('form[data-unsaved]')).toHaveCount(0);

  await theirs.getByLabel('Address').fill('4 Lake Road');
  await save(theirs);
  await saved(colleague);
  await mine.getByLabel('Line at the foot').fill('Call 98450 12345');
  await save(mine);
  await expect(mine.getByText('A colleague has saved this meanwhile.')).toBeVisible();
  await expect(mine.getByLabel('Address')).toHaveValue('4 Lake Road');
  await expect(mine.getByLabel('Line at the foot')).toHaveValue('Call 98450 12345');
  await save(mine);
  await saved(page);
  // The page has taken in its own save, so the next one goes through.
  await mine.getByLabel('Registration numbers').fill('KA-1');
  await save(mine);
  await saved(page);

  // Where both have typed, one is chosen.
  await theirs.getByLabel('Registration numbers').fill('KA-2');
  await save(theirs);
  const choice = theirs.getByRole('group', { name: 'Registration numbers' });
  await expect(choice.getByText('KA-1')).toBeVisible();
  await theirs.getByRole('button', { name: 'Save with these' }).click();
  await saved(colleague);
  await page.reload();
  await expect(mine.getByLabel('Registration numbers')).toHaveValue('KA-2');
  await expect(mine.getByLabel('Address')).toHaveValue('4 Lake Road');
  await expect(mine.getByLabel('Line at the foot')).toHaveValue('Call 98450 12345');
});
