import { account, demo, signInAs } from '../browser/demo';
import { checkInNew, registerPatient } from '../browser/front-desk';
import { expect, test } from '../browser/test';
import { dicomFile, fl, SOP_CLASS, sq } from '../builders/dicom';
import { HEIC } from '../builders/heic';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Each story has a patient of its own: the order of the list is everybody's. */
const named = (): string => `Papers${Date.now() % 100_000}`;

test('a document is uploaded, viewed, downloaded and deleted; a page in disguise is refused', async ({
  page,
}) => {
  await signInAs(page, account('receptionist'));
  await registerPatient(page, { firstName: 'Doku', lastName: named() });
  const documents = page.getByRole('region', { name: 'Documents' });
  await expect(documents.getByText('No documents yet')).toBeVisible();

  // A photo becomes a small square, and stands in the banner of each page of the patient.
  await page.getByLabel('Choose the photo of the patient').setInputFiles({
    ...{ name: 'face.png', mimeType: 'image/png', buffer: PNG },
  });
  const banner = page.getByRole('region', { name: 'Patient', exact: true });
  const face = banner.locator('img');
  await expect.poll(() => face.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(320);
  // What a phone writes is made into the same square, here or by the server.
  const before = await face.getAttribute('src');
  await page.getByLabel('Choose the photo of the patient').setInputFiles({
    ...{ name: 'IMG_1.HEIC', mimeType: 'image/heic', buffer: HEIC },
  });
  await expect.poll(() => face.getAttribute('src')).not.toBe(before);
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
  await signInAs(page, account('owner'));
  await registerPatient(page, { firstName: 'Cut', lastName: named() });
  const documents = page.getByRole('region', { name: 'Documents' });
  const choose = documents.getByLabel('Choose documents');
  let cuts = 1;
  await page.route('**/parts/1', (route) => (cuts-- > 0 ? route.abort() : route.fallback()));
  const size = 15 * 1024 ** 2;
  await choose.setInputFiles({
    ...{ name: 'long.pdf', mimeType: 'application/pdf' },
    buffer: Buffer.concat([Buffer.from('%PDF-1.7\n%%EOF\n'), Buffer.alloc(size - 15)]),
  });
  await expect(documents.getByText('PDF · 15 MiB')).toBeVisible({ timeout: 60_000 });
  expect(cuts).toBeLessThanOrEqual(0);

  const frames = [40, 120, 200].map((shade) => Buffer.alloc(64 * 64, shade));
  const scan = dicomFile({
    ...{ rows: 64, columns: 64, frames, laterality: 'L', modality: 'OPT', series: 'Macula Cube' },
    ...{ sopClass: SOP_CLASS.tomography, patient: { name: 'Somebody^Else' } },
    // Six millimetres across, two down.
    measured: [[0x00280030, 'DS', '0.03125\\0.09375']],
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
  await shown.getByRole('button', { name: 'Measure' }).click();
  await expect(shown.getByText('1.80 mm')).toBeVisible();
  await shown.getByLabel('Second end of the line').press('Shift+ArrowLeft');
  await expect(shown.getByText('1.50 mm')).toBeVisible();
  await page.keyboard.press('Escape');
});

test('a film of several parts is played from its middle', async ({ page }) => {
  await signInAs(page, account('owner'));
  await registerPatient(page, { firstName: 'Film', lastName: named() });
  const documents = page.getByRole('region', { name: 'Documents' });
  // A film of the browser's own making: two seconds of colours, large enough to come in parts.
  const film = Buffer.from(
    await page.evaluate(async () => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [640, 480];
      const pen = canvas.getContext('2d');
      const paint = () => {
        if (!pen) return;
        pen.fillStyle = `hsl(${Math.random() * 360} 90% 50%)`;
        pen.fillRect(0, 0, 640, 480);
      };
      const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/mp4' });
      const parts: Blob[] = [];
      recorder.ondataavailable = ({ data }) => parts.push(data);
      const painting = setInterval(paint, 40);
      recorder.start();
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      const stopped = new Promise((resolve) => {
        recorder.onstop = resolve;
      });
      recorder.stop();
      await stopped;
      clearInterval(painting);
      const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
      return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''));
    }),
    'base64',
  );
  expect(film.subarray(4, 8).toString('latin1')).toBe('ftyp');
  // Free space behind the film (ISO 14496-12): more than a part, and nobody plays it.
  const free = Buffer.alloc(5 * 1024 ** 2);
  free.writeUInt32BE(free.length, 0);
  free.write('free', 4, 'latin1');
  const whole = Buffer.concat([film, free]);
  await documents.getByLabel('Choose documents').setInputFiles({
    ...{ name: 'red eye.mp4', mimeType: 'video/mp4', buffer: whole },
  });
  await expect(documents.getByText(/MP4 film/)).toBeVisible({ timeout: 60_000 });
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'media') asked.push(request.headers().range ?? '');
  });
  // Its place in the list shows a picture out of it, which this browser has drawn.
  const row = documents.getByRole('button', { name: 'View red eye.mp4' });
  await expect(documents.locator('img')).toHaveJSProperty('naturalWidth', 192);
  await row.click();
  const player = page.getByRole('dialog').getByLabel('red eye.mp4');
  await expect.poll(() => player.evaluate((one: HTMLVideoElement) => one.videoWidth)).toBe(640);
  await player.evaluate(async (one: HTMLVideoElement) => {
    one.muted = true;
    one.currentTime = 1;
    await one.play();
  });
  await expect.poll(() => player.evaluate((one: HTMLVideoElement) => one.currentTime)).toBeGreaterThan(1.2);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.every((range) => /^bytes=\d+-/.test(range))).toBe(true);
  // A piece of its middle is that piece, and no more.
  const address = `${demo().app}${await player.getAttribute('src')}`;
  const from = 4 * 1024 ** 2 - 10;
  const piece = await page.request.get(address, { headers: { range: `bytes=${from}-${from + 19}` } });
  expect(piece.status()).toBe(206);
  expect(piece.headers()['content-range']).toBe(`bytes ${from}-${from + 19}/${whole.length}`);
  expect((await piece.body()).equals(whole.subarray(from, from + 20))).toBe(true);
  const beyond = await page.request.get(address, { headers: { range: `bytes=${whole.length}-` } });
  expect(beyond.status()).toBe(416);
});

test('what a device has measured is taken over from its document, once somebody has said yes', async ({
  page,
}) => {
  await signInAs(page, account('owner'));
  const row = await checkInNew(page, { firstName: 'Dikom', lastName: named() });
  await row.getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'Stations' })).toBeVisible();
  const field = dicomFile({
    ...{ sopClass: SOP_CLASS.field, modality: 'OPV', takenOn: '2026-01-02' },
    measured: [sq(0x00240064, [fl(0x00240066, -3.21)]), [0x00240113, 'CS', 'L']],
  });
  const documents = page.getByRole('region', { name: 'Documents' });
  await documents.getByLabel('Choose documents').setInputFiles({
    ...{ name: 'field.dcm', mimeType: 'application/dicom', buffer: field },
  });
  const device = page.getByRole('region', { name: 'From a device' });
  await device.getByRole('link', { name: 'Read 1 value of field.dcm' }).click();
  const form = device.getByRole('form', { name: 'Readings of field.dcm' });
  await expect(form.getByText('Maker Model 1, 2026-01-02 10:15')).toBeVisible();
  await expect(form.getByText('-3.21 dB')).toBeVisible();
  // Whose it is was not in the file: it is asked, and nothing is stored without the answer.
  await form.getByRole('button', { name: 'Take over' }).click();
  await expect(form.getByText(/Say that it is this patient/).first()).toBeVisible();
  await form.getByRole('checkbox', { name: /^It is Dikom/ }).check();
  await form.getByRole('button', { name: 'Take over' }).click();
  await expect(page.getByText('The readings are taken over.')).toBeVisible();
  await expect(form).toBeHidden();
  await expect(page.getByRole('textbox', { name: /^Left eye, mean deviation/ })).toHaveValue('-3.21');
});

test('files that appear in a watched folder are offered on the visit', async ({ page }) => {
  await signInAs(page, account('owner'));
  const row = await checkInNew(page, { firstName: 'Folder', lastName: named() });
  await row.getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'Stations' })).toBeVisible();
  // A folder of the browser's own: what the picker hands over is of the same kind, and cannot be chosen by
  // a program.
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('devices', { create: true });
    Object.assign(window, { showDirectoryPicker: async () => folder });
  });
  const device = page.getByRole('region', { name: 'From a device' });
  await device.getByRole('button', { name: 'Watch a folder' }).click();
  await expect(device.getByRole('button', { name: /Stop watching/ })).toBeVisible();
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('devices');
    const handle = await folder.getFileHandle('ar.xml', { create: true });
    const writer = await handle.createWritable();
    await writer.write(
      '<Data><Company>NIDEK</Company><R><AR><ARMedian><Sphere>-1.25</Sphere></ARMedian></AR></R></Data>',
    );
    await writer.close();
  });
  await expect(device.getByRole('form', { name: 'Readings of ar.xml' })).toBeVisible({ timeout: 60_000 });
  await device.getByRole('button', { name: /Stop watching/ }).click();
  await expect(device.getByRole('button', { name: 'Watch a folder' })).toBeVisible();
});
