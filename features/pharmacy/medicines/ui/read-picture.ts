import { type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';

/** Plain: with the separators of GS1 as they are, and without the parentheses that are for people. */
const OPTIONS: ReaderOptions = {
  formats: ['DataMatrix', 'QRCode', 'Code128', 'EAN13', 'EAN8', 'UPCA'],
  textMode: 'Plain',
  maxNumberOfSymbols: 1,
};

type Picture = { data: Uint8ClampedArray; width: number; height: number };

/** The code in a picture as a scanner would type it. */
export async function readPicture(picture: Picture): Promise<string | null> {
  const [code] = await readBarcodes(picture as ImageData, OPTIONS);
  if (!code) return null;
  return code.contentType === 'GS1' ? `${code.symbologyIdentifier}${code.text}` : code.text;
}
