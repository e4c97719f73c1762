import { readFileSync } from 'node:fs';
import { account, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

test('a receptionist asks, the company notes and answers, the receptionist rates', async ({
  page,
  browser,
}) => {
  const subject = `The printer prints twice ${Date.now()}`;
  await signInAs(page, account('receptionist'));
  await page.goto('/support');
  await page.getByRole('button', { name: 'New ticket' }).click();
  await page.getByRole('button', { name: 'Send ticket' }).click();
  await expect(page.getByRole('alert').first()).toContainText('2 things need your attention');
  await page.getByLabel('Subject').fill(subject);
  await page.getByLabel('Message').fill('Each slip comes out twice.');
  const files = page.getByLabel('Choose files to attach');
  await files.setInputFiles([
    { name: 'slip.log', mimeType: 'text/plain', buffer: Buffer.from('printed twice\n') },
    { name: 'slip.png', mimeType: 'image/png', buffer: Buffer.from('<svg onload="alert(1)"/>') },
  ]);
  // What is not what its name says is refused on the spot, and does not hold up the rest.
  await expect(page.getByText('slip.png is not what its name says')).toBeVisible();
  await expect(page.getByText('Attached', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Send ticket' }).click();
  await expect(page.getByRole('heading', { level: 1, name: subject })).toBeVisible();
  const address = page.url();

  const company = await (await browser.newContext()).newPage();
  await signInAs(company, account('super-admin'));
  await company.goto(new URL('/platform/tickets', address).href);
  await company.getByRole('link', { name: subject }).click();
  const downloaded = company.waitForEvent('download');
  await company.getByRole('link', { name: 'slip.log' }).click();
  expect(readFileSync(await (await downloaded).path(), 'utf8')).toBe('printed twice\n');
  await company.getByLabel('Message').fill('They have two printers set up.');
  await company.getByLabel(/Internal note/).check();
  await company.getByRole('button', { name: 'Keep note' }).click();
  await expect(company.getByText('Internal note', { exact: true })).toBeVisible();
  await company.getByLabel('Message').fill('Switch off the second printer under Windows.');
  await company.getByLabel(/mark as solved/).check();
  await company.getByRole('button', { name: 'Send answer' }).click();
  await expect(company.getByText('Solved', { exact: true }).first()).toBeVisible();

  await page.goto(address);
  await expect(page.getByText('Switch off the second printer')).toBeVisible();
  await expect(page.getByText('two printers set up')).toHaveCount(0);
  await page.getByLabel('Good', { exact: true }).check();
  await page.getByRole('button', { name: 'Send rating' }).click();
  await expect(page.getByText('You said that our help was good.')).toBeVisible();
});
