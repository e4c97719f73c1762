import { expectAccessible } from '../browser/accessible';
import { account, mailedLink, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

test('the company announces work and an incident; hospitals and the public read it', async ({
  page,
  browser,
}) => {
  const tag = Date.now();
  const title = `New: usage at a glance ${tag}`;
  const incidentTitle = `Mails come late ${tag}`;
  await signInAs(page, account('super-admin'));
  await page.goto('/platform/announcements');
  await page.getByRole('button', { name: 'New announcement' }).click();
  await page.getByLabel('Kind').selectOption('feature');
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Text').fill('Look under Settings, Usage.');
  // Of the hospitals one is meant, by a part of its name.
  const hospital = account('receptionist', 1).organization ?? '';
  await page.getByLabel('Add to only these organizations').fill(hospital.slice(3, 9));
  await page.getByRole('option', { name: hospital }).click();
  await expect(page.getByRole('button', { name: `Remove ${hospital}` })).toBeVisible();
  await expect(page.getByText('As people see it')).toBeVisible();
  await page.getByRole('button', { name: 'Save announcement' }).click();
  await expect(page.getByText('Shown now').first()).toBeVisible();
  await expect(page.getByText(`New feature, ${hospital}.`, { exact: false }).first()).toBeVisible();

  const visitor = await (await browser.newContext()).newPage();
  const reader = `reader-${Date.now()}@hospital.test`;
  await visitor.goto(new URL('/status', page.url()).href);
  await visitor.getByRole('link', { name: 'Get it by mail' }).click();
  await visitor.getByLabel('Email').fill(reader);
  await visitor.getByRole('button', { name: 'Send me the link' }).click();
  await visitor.goto(await mailedLink(page, reader, '/status/confirm/'));
  await visitor.getByRole('button', { name: 'Send me the mails' }).click();
  await expect(visitor.getByText('You get a mail with each thing')).toBeVisible();

  await page.goto('/platform/status');
  await expect(page.getByRole('heading', { name: 'Measured' })).toBeVisible();
  await page.getByRole('button', { name: 'New incident' }).click();
  await page.getByLabel('Title').fill(incidentTitle);
  await page.getByLabel('Mail', { exact: true }).check();
  await page.getByLabel('What people should know').fill('Our mail provider is slow.');
  await page.getByRole('button', { name: 'Publish incident' }).click();
  await expect(page.getByRole('heading', { name: incidentTitle })).toBeVisible();

  // The mail program's own button, without a cookie.
  const leave = await mailedLink(page, reader, '/status/leave/');
  await expectAccessible(visitor, leave);
  const left = await fetch(leave.replace('/status/', '/api/status/'), { method: 'POST' });
  expect(left.status).toBe(204);
  // Another process than the one that was told reads a state again after six seconds. What is measured beside
  // it may be anything on a busy machine, so the story is about the incident alone.
  const statusSays = (section: string, badge: string) =>
    expect(async () => {
      await visitor.goto(new URL('/status', page.url()).href);
      const incident = visitor
        .getByRole('region', { name: section, exact: true })
        .locator('div', { has: visitor.getByRole('heading', { name: incidentTitle }) })
        .last();
      await expect(incident.getByText(badge, { exact: true })).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
  await statusSays('Now', 'Slow or partly broken');
  await page.getByLabel('How it stands').selectOption('resolved');
  await page.getByLabel('What people should know').fill('It is fast again.');
  await page.getByRole('button', { name: 'Publish update' }).click();
  await expect(page.getByText('Over', { exact: true }).first()).toBeVisible();
  await statusSays('The last 90 days', 'Over');
  await expect(visitor.getByRole('region', { name: 'Now', exact: true })).toHaveCount(0);
  const days = visitor.getByRole('figure', { name: 'Payments, day by day' }).getByRole('img');
  await expect(days).toHaveCount(90);
  await expect(days.last()).toHaveAccessibleName(/: worked in /);

  await signInAs(visitor, account('receptionist', 1));
  // Another process than the one that was told reads them again within seconds.
  await expect(async () => {
    await visitor.goto(new URL('/today', page.url()).href);
    await expect(visitor.getByText(title)).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await visitor.getByRole('button', { name: `Put away “${title}”` }).click();
  await expect(visitor.getByText(title)).toHaveCount(0);
  await page.goto('/platform/announcements');
  await page.getByRole('button', { name: 'End now' }).first().click();
  await page.getByRole('button', { name: 'End announcement' }).click();
  await expect(page.getByText('Shown now')).toHaveCount(0);
});
