import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule as prepareWriter, writeBarcode } from 'zxing-wasm/writer';

const require = createRequire(import.meta.url);
const compiled = (name: 'writer' | 'reader') =>
  new Uint8Array(readFileSync(require.resolve(`zxing-wasm/${name}/zxing_${name}.wasm`))).buffer;
/** For who reads in this process: without it the library would ask a foreign server. */
export const compiledReader = () => ({ overrides: { wasmBinary: compiled('reader') } });

const SIZE = { width: 640, height: 480 };
const STRIPES_HIGH = 120;
type Format = 'DataMatrix' | 'QRCode' | 'Code128' | 'EAN13' | 'EAN8' | 'UPCA';

/** What a camera sees of a code on a pack: grey values, row by row. GS1 is written with parentheses. */
export async function picturedCode(format: Format, text: string) {
  prepareWriter({ overrides: { wasmBinary: compiled('writer') } });
  const options = text.startsWith('(') ? 'gs1' : '';
  const { symbol, error } = await writeBarcode(text, { format, options, addQuietZones: false });
  if (error) throw new Error(error);
  const scale = Math.max(1, Math.min(6, Math.floor((SIZE.width * 0.8) / symbol.width)));
  const isStripes = symbol.height < symbol.width;
  const [wide, high] = [symbol.width * scale, isStripes ? STRIPES_HIGH : symbol.height * scale];
  const [left, top] = [Math.floor((SIZE.width - wide) / 2), Math.floor((SIZE.height - high) / 2)];
  const grey = new Uint8Array(SIZE.width * SIZE.height).fill(235);
  for (let y = 0; y < high; y++)
    for (let x = 0; x < wide; x++) {
      const row = isStripes ? 0 : Math.floor(y / scale);
      const isDark = symbol.data[row * symbol.width + Math.floor(x / scale)] === 0;
      grey[(top + y) * SIZE.width + left + x] = isDark ? 25 : 235;
    }
  return { ...SIZE, grey };
}
type Picture = Awaited<ReturnType<typeof picturedCode>>;

/** The same as a canvas has it. */
export function inColours({ width, height, grey }: Picture) {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (const [index, value] of grey.entries()) data.fill(value, index * 4, index * 4 + 3);
  return { width, height, data };
}

/** The same as a film, for a browser that takes one for its camera. */
export function asFilm({ width, height, grey }: Picture): Buffer {
  const colours = Buffer.alloc((width / 2) * (height / 2) * 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), grey, colours]);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  return Buffer.concat([head, ...Array.from({ length: 5 }, () => frame)]);
}
