import { expect, it } from 'vitest';
import { prepareZXingModule } from 'zxing-wasm/reader';
import { compiledReader, inColours, picturedCode } from '@/tests/builders/pictured-code';
import { readPackCode } from '../gs1';
import { readPicture } from './read-picture';

prepareZXingModule(compiledReader());
const seen = async (...of: Parameters<typeof picturedCode>) =>
  readPicture(inColours(await picturedCode(...of)));

it.each(['DataMatrix', 'Code128', 'QRCode'] as const)(
  'reads GS1 in a %s as a scanner types it',
  async (format) => {
    const text = await seen(format, '(01)08901234567890(10)AB-12(17)280500(21)S1');
    expect(readPackCode(text ?? '', 2026)).toEqual({
      code: { gtin: '08901234567890', lotNumber: 'AB-12', expiresOn: '2028-05-31', serial: 'S1' },
    });
  },
);

it('reads the numbers of packs, and what our own labels and papers bear', async () => {
  expect(readPackCode((await seen('EAN13', '8901234567890')) ?? '', 2026)).toMatchObject({
    code: { gtin: '08901234567890' },
  });
  expect(await seen('EAN8', '96385074')).toBe('96385074');
  expect(readPackCode((await seen('UPCA', '036000291452')) ?? '', 2026)).toMatchObject({
    code: { gtin: '00036000291452' },
  });
  expect(await seen('Code128', 'c:0123456789ab')).toBe('c:0123456789ab');
  expect(await seen('QRCode', 'https://eyes.example/p/abc')).toBe('https://eyes.example/p/abc');
});

it('sees nothing where there is nothing', async () => {
  const empty = { width: 64, height: 64, data: new Uint8ClampedArray(64 * 64 * 4).fill(255) };
  expect(await readPicture(empty)).toBeNull();
});
