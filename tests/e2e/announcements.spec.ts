import { account, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

test('the company announces work and an incident; hospitals and the public read it', async ({
  page,
  browser,
}) => {
  const title = `New: usage at a glance ${Date.now()}`;
  await signInAs(page, account('super-admin'));
  await page.goto('/platform/announcements');
  await page.getByRole('button', { name: 'New announcement' }).click();
  await page.getByLabel('Kind').selectOption('feature');
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Text').fill('Look under Settings, Usage.');
  await expect(page.getByText('As people see it')).toBeVisible();
  await page.getByRole('button', { name: 'Save announcement' }).click();
  await expect(page.getByText('Shown now').first()).toBeVisible();

  await page.goto('/platform/status');
  await expect(page.getByRole('heading', { name: 'Measured' })).toBeVisible();
  await page.getByRole('button', { name: 'New incident' }).click();
  await page.getByLabel('Title').fill('Mails come late');
  await page.getByLabel('Mail', { exact: true }).check();
  await page.getByLabel('What people should know').fill('Our mail provider is slow.');
  await page.getByRole('button', { name: 'Publish incident' }).click();
  await expect(page.getByRole('heading', { name: 'Mails come late' })).toBeVisible();

  const visitor = await (await browser.newContext()).newPage();
  // A state is shown for three seconds at most before it is read again.
  const statusSays = (text: string) =>
    expect(async () => {
      await visitor.goto(new URL('/status', page.url()).href);
      await expect(visitor.getByText(text)).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 10_000 });
  await statusSays('Something is slow or partly broken');
  await page.getByLabel('How it stands').selectOption('resolved');
  await page.getByLabel('What people should know').fill('It is fast again.');
  await page.getByRole('button', { name: 'Publish update' }).click();
  await expect(page.getByText('Over', { exact: true }).first()).toBeVisible();
  await statusSays('Everything works');
  const days = visitor.getByRole('list', { name: 'Payments, day by day' }).getByRole('img');
  await expect(days).toHaveCount(90);
  await expect(days.last()).toHaveAccessibleName(/: worked in /);

  await signInAs(visitor, account('receptionist', 1));
  await visitor.goto(new URL('/today', page.url()).href);
  await expect(visitor.getByText(title)).toBeVisible();
  await visitor.getByRole('button', { name: `Put away “${title}”` }).click();
  await expect(visitor.getByText(title)).toHaveCount(0);
  await page.goto('/platform/announcements');
  await page.getByRole('button', { name: 'End now' }).first().click();
  await page.getByRole('button', { name: 'End announcement' }).click();
  await expect(page.getByText('Shown now')).toHaveCount(0);
});
