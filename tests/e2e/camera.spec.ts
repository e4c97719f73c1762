import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { account, demo, signInAs } from '../browser/demo';
import { newPack } from '../browser/packs';
import { addSupplier } from '../browser/suppliers';
import { expect, test } from '../browser/test';
import { asFilm, picturedCode } from '../builders/pictured-code';

const film = join(mkdtempSync(join(tmpdir(), 'chakravue-camera-')), 'camera.y4m');
const FAKE = ['ui', 'device'].map((what) => `--use-fake-${what}-for-media-stream`);
test.use({
  launchOptions: [
    async ({ launchOptions }, use) => {
      const args = [...(launchOptions.args ?? []), ...FAKE, `--use-file-for-fake-video-capture=${film}`];
      await use({ ...launchOptions, args });
    },
    { scope: 'worker' },
  ],
});

const nextYear = new Date().getFullYear() + 1;

test('packs are scanned by the camera of a browser that reads no codes by itself', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'BarcodeDetector'));
  // From another origin than ours nothing is loaded, and nothing is refused by the policy of the page.
  const foreign: string[] = [];
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(demo().app).origin) foreign.push(request.url());
  });
  await signInAs(page, account('owner'));
  await addSupplier(page, `Camera ${String(Date.now()).slice(-6)}`);
  await page.goto('/purchases/new');
  const scan = async (picture: Awaited<ReturnType<typeof picturedCode>>) => {
    writeFileSync(film, asFilm(picture));
    await page.getByRole('button', { name: 'Scan with the camera' }).click();
  };
  const [first, second] = [`0${newPack()}`, newPack()];
  const year = String(nextYear).slice(2);
  await scan(await picturedCode('DataMatrix', `(01)${first}(10)CAM7/A(17)${year}0500(21)S99`));
  const line = (number: number) => page.getByRole('listitem', { name: `Line ${number}` });
  await expect(line(1).getByLabel('Lot of line 1')).toHaveValue('CAM7/A');
  await expect(line(1).getByLabel('Expiry of line 1')).toHaveValue(`${nextYear}-05-31`);
  await scan(await picturedCode('Code128', `(01)0${second}(17)${year}0912(10)C128`));
  await expect(line(2).getByLabel('Lot of line 2')).toHaveValue('C128');
  await expect(line(2).getByLabel('Expiry of line 2')).toHaveValue(`${nextYear}-09-12`);
  await scan(await picturedCode('EAN13', second));
  await expect(line(3)).toBeVisible();
  await expect(page.getByRole('dialog', { name: 'Scan with the camera' })).toBeHidden();
  expect(foreign).toEqual([]);
});
