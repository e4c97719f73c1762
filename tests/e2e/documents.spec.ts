import { account, demo, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';
import { dicomFile, SOP_CLASS } from '../builders/dicom';

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

  // A photo becomes a small square, and stands in the banner of each page of the patient.
  await page.getByLabel('Choose the photo of the patient').setInputFiles({
    ...{ name: 'face.png', mimeType: 'image/png', buffer: PNG },
  });
  const banner = page.getByRole('region', { name: 'Patient', exact: true });
  const face = banner.locator('img');
  await expect.poll(() => face.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(320);
  await page.getByRole('button', { name: 'Remove the photo of the patient' }).click();
  await page.getByRole('button', { name: 'Remove photo' }).click();
  await expect(face).toHaveCount(0);

  const choose = documents.getByLabel('Choose documents');
  await documents.getByLabel('Kind of new documents').selectOption('Fundus photo');
  await documents.getByLabel('Eye', { exact: true }).selectOption('Left eye');
  await choose.setInputFiles({ name: 'left eye.png', mimeType: 'image/png', buffer: PNG });
  await expect(documents.getByText('Fundus photo, left eye')).toBeVisible();
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

  await choose.setInputFiles([
    { name: 'before.png', mimeType: 'image/png', buffer: PNG },
    { name: 'field.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF\n') },
  ]);
  await documents.getByRole('button', { name: 'Describe before.png' }).click();
  const about = page.getByRole('dialog');
  await about.getByLabel('Day taken').fill('2020-03-04');
  await about.getByLabel('Result of').fill('Fundus photo, both eyes');
  await about.getByRole('button', { name: 'Save' }).click();
  await expect(documents.getByText('result of Fundus photo, both eyes')).toBeVisible();
  await expect(documents.getByText('Mar 2020')).toBeVisible();

  await documents.getByRole('button', { name: 'Compare left eye.png' }).click();
  const panes = page.getByRole('dialog', { name: 'Compare' });
  await expect(panes.getByLabel('On the left').locator('option:checked')).toHaveText(/Wed 4 Mar 2020/);
  await panes.getByLabel('Zoom').fill('3');
  const looks = await panes.getByRole('img').evaluateAll((all) => all.map((one) => one.style.transform));
  expect(looks).toEqual(['translate(0%, 0%) scale(3)', 'translate(0%, 0%) scale(3)']);
  await page.keyboard.press('Escape');

  await expect(documents.getByText('field.pdf')).toBeVisible();
  await documents.getByLabel('Show the kind').selectOption('Fundus photo');
  await documents.getByRole('button', { name: 'View field.pdf' }).click();
  const inPlace = await page.getByTitle('field.pdf').getAttribute('src');
  const shown = await page.request.get(`${demo().app}${inPlace}`);
  expect(shown.headers()).toMatchObject({
    'content-disposition': expect.stringMatching(/^inline/),
    'x-frame-options': 'SAMEORIGIN',
    'content-security-policy': expect.stringContaining("frame-ancestors 'self'"),
  });
  await page.keyboard.press('Escape');
  for (const name of ['before.png', 'field.pdf']) {
    await documents.getByRole('button', { name: `Delete ${name}` }).click();
    await page.getByRole('button', { name: 'Delete document' }).click();
    await expect(documents.getByText(name, { exact: true })).toBeHidden();
  }

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

test('a document of 15 MiB arrives over a connection that is cut; a scan of somebody else is asked about', async ({
  page,
}) => {
  await signInAs(page, account('doctor'));
  await page.goto('/patients');
  await page.locator('tbody').getByRole('link').nth(1).click();
  const documents = page.getByRole('region', { name: 'Documents' });
  const choose = documents.getByLabel('Choose documents');
  let cuts = 1;
  await page.route('**/parts/1', (route) => (cuts-- > 0 ? route.abort() : route.fallback()));
  const size = 15 * 1024 ** 2;
  await choose.setInputFiles({
    ...{ name: 'long.pdf', mimeType: 'application/pdf' },
    buffer: Buffer.concat([Buffer.from('%PDF-1.7\n%%EOF\n'), Buffer.alloc(size - 15)]),
  });
  await expect(documents.getByText('PDF · 15 MiB')).toBeVisible({ timeout: 20_000 });
  expect(cuts).toBeLessThanOrEqual(0);

  const frames = [40, 120, 200].map((shade) => Buffer.alloc(64 * 64, shade));
  const scan = dicomFile({
    ...{ rows: 64, columns: 64, frames, laterality: 'L', modality: 'OPT', series: 'Macula Cube' },
    ...{ sopClass: SOP_CLASS.tomography, patient: { name: 'Somebody^Else' } },
  });
  await choose.setInputFiles({ name: 'IM0001', mimeType: '', buffer: scan });
  await expect(documents.getByText('It has the name Else Somebody')).toBeVisible();
  await documents.getByRole('button', { name: 'It is this patient: store it' }).click();
  await expect(documents.getByText('OCT, macula, left eye')).toBeVisible();
  await expect(documents.getByText('3 pictures')).toBeVisible();
  await documents.getByRole('button', { name: 'View IM0001' }).click();
  const shown = page.getByRole('dialog');
  const picture = shown.getByRole('img', { name: 'IM0001, 2 of 3' });
  await expect.poll(() => picture.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(64);
  await shown.getByLabel('Picture').press('ArrowRight');
  await expect(shown.getByRole('img', { name: 'IM0001, 3 of 3' })).toBeVisible();
  await page.keyboard.press('Escape');
});
