import { account, demo, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('a document is uploaded, viewed, downloaded and deleted; a page in disguise is refused', async ({
  page,
}) => {
  await signInAs(page, account('receptionist'));
  await page.goto('/patients');
  await page.locator('tbody').getByRole('link').first().click();
  const documents = page.getByRole('region', { name: 'Documents' });
  await expect(documents.getByText('No documents yet')).toBeVisible();

  const choose = documents.getByLabel('Choose documents');
  await choose.setInputFiles({ name: 'left eye.png', mimeType: 'image/png', buffer: PNG });
  await expect(documents.getByText('left eye.png')).toBeVisible();
  await choose.setInputFiles({
    name: 'letter.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('<!doctype html><script>alert(1)</script>'),
  });
  await expect(documents.getByRole('alert')).toContainText('letter.pdf was not stored');
  await documents.getByRole('button', { name: 'Dismiss the message about letter.pdf' }).click();

  await documents.getByRole('button', { name: 'View left eye.png' }).click();
  const image = page.getByRole('dialog').getByRole('img', { name: 'left eye.png' });
  await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(1);
  await page.keyboard.press('Escape');

  const address = await documents.getByRole('link', { name: 'Download left eye.png' }).getAttribute('href');
  const answer = await page.request.get(`${demo().app}${address}`);
  expect(answer.headers()).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'content-disposition': expect.stringMatching(/^attachment; filename="left eye\.png"/),
    'cache-control': expect.stringMatching(/private.*no-store|no-store/),
  });
  expect((await answer.body()).equals(PNG)).toBe(true);

  await documents.getByRole('button', { name: 'Delete left eye.png' }).click();
  await page.getByRole('button', { name: 'Delete document' }).click();
  await expect(documents.getByText('No documents yet')).toBeVisible();
  expect((await page.request.get(`${demo().app}${address}`)).status()).toBe(404);
});

test('a document of 15 MiB arrives whole, one that is too large is refused before it is sent', async ({
  page,
}) => {
  await signInAs(page, account('doctor'));
  await page.goto('/patients');
  await page.locator('tbody').getByRole('link').nth(1).click();
  const documents = page.getByRole('region', { name: 'Documents' });
  const pdf = (bytes: number) => ({
    name: `${bytes}.pdf`,
    mimeType: 'application/pdf',
    buffer: Buffer.concat([Buffer.from('%PDF-1.7\n%%EOF\n'), Buffer.alloc(bytes - 15)]),
  });
  const choose = documents.getByLabel('Choose documents');
  await choose.setInputFiles(pdf(15 * 1024 ** 2));
  await expect(documents.getByText('PDF · 15 MiB')).toBeVisible({ timeout: 20_000 });
  await choose.setInputFiles(pdf(20 * 1024 ** 2 + 1));
  await expect(documents.getByRole('alert')).toContainText('The file is too large');
});
