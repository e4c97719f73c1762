import { crc32, deflateSync } from 'node:zlib';
import { between, type Random } from '../pilot/history/chance';

const SIZE = 360;
const HALF = SIZE / 2;
type Colour = readonly [red: number, green: number, blue: number];
type Spot = { x: number; y: number; radius: number; colour: Colour };

const chunk = (name: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};

/** A picture of three bytes a pixel as a PNG. */
function png(pixels: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE, 0);
  header.writeUInt32BE(SIZE, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Array.from({ length: SIZE }, (_, y) =>
    Buffer.concat([Buffer.from([0]), pixels.subarray(y * SIZE * 3, (y + 1) * SIZE * 3)]),
  );
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.concat(rows));
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Where a vessel is that leaves the disc in a bow. */
const onVessel = (x: number, y: number, discX: number): boolean => {
  const away = Math.abs(x - discX);
  const bow = 14 * Math.sqrt(Math.max(0, away - 18)) * 0.62;
  const width = 3.2 - away / 130;
  return away > 12 && [1, -1].some((way) => Math.abs(y - HALF - way * bow) < width);
};

/** A drawn fundus: disc, macula and vessels, with so many haemorrhages and exudates. It is nobody's eye. */
export function fundusPicture(eye: 'right' | 'left', findings: number, random: Random): Buffer {
  const side = eye === 'right' ? 1 : -1;
  const [discX, maculaX] = [HALF + side * 62, HALF - side * 42];
  const spots: Spot[] = [
    { x: maculaX, y: HALF + 8, radius: 22, colour: [176, 74, 32] },
    { x: discX, y: HALF, radius: 24, colour: [246, 206, 138] },
    { x: discX, y: HALF, radius: 9, colour: [255, 236, 196] },
    ...Array.from({ length: findings }, (_, index): Spot => {
      const isBleeding = index % 2 === 0;
      const colour: Colour = isBleeding ? [112, 14, 12] : [250, 226, 120];
      const [x, y] = [maculaX + between(random, -84, 84), HALF + between(random, -80, 90)];
      return { x, y, radius: between(random, 2, isBleeding ? 7 : 4), colour };
    }),
  ];
  const pixels = Buffer.alloc(SIZE * SIZE * 3);
  const paint = (x: number, y: number, [red, green, blue]: Colour) => {
    const out = Math.hypot(x - HALF, y - HALF) / (HALF - 8);
    if (out > 1) return;
    const shade = 1 - out * out * 0.45;
    pixels.set([red * shade, green * shade, blue * shade], (y * SIZE + x) * 3);
  };
  for (let y = 0; y < SIZE; y++)
    for (let x = 0; x < SIZE; x++) paint(x, y, onVessel(x, y, discX) ? [134, 24, 20] : [206, 96, 44]);
  for (const { x, y, radius, colour } of spots)
    for (let down = Math.ceil(y - radius); down < y + radius; down++)
      for (let across = Math.ceil(x - radius); across < x + radius; across++)
        if (Math.hypot(across - x, down - y) < radius) paint(across, down, colour);
  return png(pixels);
}
