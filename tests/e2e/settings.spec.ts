import { account, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

test('the owner finds every report mail in the settings, by groups, and ends one', async ({ page }) => {
  await signInAs(page, account('owner', 1));
  await page.goto('/reports');
  await page.getByRole('button', { name: 'By mail' }).click();
  await page.getByRole('button', { name: 'Send it to me' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.goto('/settings');
  const settings = page.getByRole('navigation', { name: 'Settings' });
  await expect(settings.getByRole('list')).toHaveCount(4);
  await expect(settings.getByRole('list', { name: 'Hospital' }).getByRole('link')).toHaveCount(16);
  await settings.getByRole('link', { name: 'Report mails' }).click();
  await expect(page).toHaveURL(/\/settings\/report-mails$/);
  const mails = page.getByRole('list', { name: 'Scheduled mails' });
  await expect(mails.getByRole('listitem')).toHaveCount(1);
  await expect(mails).toContainText('Every Monday at 07:00', { ignoreCase: true });
  await mails.getByRole('button', { name: /^Stop the mail to/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Keep as it is' }).click();
  await expect(mails.getByRole('listitem')).toHaveCount(1);
  await mails.getByRole('button', { name: /^Stop the mail to/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop the mail' }).click();
  await expect(page.getByText('No report goes out by mail')).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('one button opens the list of settings, and a choice closes it', async ({ page }) => {
    await signInAs(page, account('owner', 1));
    await page.goto('/settings');
    const button = page.getByRole('button', { name: 'All settings: Organization' });
    await expect(page.getByRole('link', { name: 'Second factor' })).toHaveCount(0);
    await button.click();
    await page.getByRole('link', { name: 'Second factor' }).click();
    await expect(page).toHaveURL(/\/settings\/account\/second-factor$/);
    const there = page.getByRole('button', { name: 'All settings: Second factor' });
    await expect(there).toHaveAttribute('aria-expanded', 'false');
    await expect(page.getByRole('link', { name: 'Usage' })).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
  });
});
