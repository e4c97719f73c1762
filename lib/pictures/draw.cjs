// Runs as a thread of its own (lib/pictures/thread.ts): a file that takes long, or is made to break a reader,
// costs nobody but itself.
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { parentPort, workerData } = require('node:worker_threads');

const own = createRequire(join(process.cwd(), 'package.json'));
const load = (name) => own(`./lib/pictures/${name}.cjs`);

/** Of a picture, when it is opened: no camera of a clinic takes more. */
const MAX_PIXELS = 120_000_000;
/** The longer side of what a browser is given in the place of a file that it cannot show. */
const WEB_SIDE = 4096;
const SMALL_SIDE = 192;
const LOGO_SIDE = 480;
const PORTRAIT_SIDE = 320;

function sharpOf(input, options = {}) {
  const sharp = own('sharp');
  // The thread ends with its picture: nothing is worth keeping, and the others need the processors.
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp(input, { limitInputPixels: MAX_PIXELS, failOn: 'truncated', ...options });
}

async function fromHeic(bytes) {
  const heif = own('libheif-js/wasm-bundle');
  await heif.ready;
  const [image] = new heif.HeifDecoder().decode(bytes);
  if (!image) throw new Error('no picture');
  const [width, height] = [image.get_width(), image.get_height()];
  if (width * height > MAX_PIXELS) throw new Error('too many pixels');
  const data = Buffer.alloc(width * height * 4);
  await new Promise((resolve, reject) => {
    image.display({ data, width, height }, (shown) => (shown ? resolve() : reject(new Error('no pixels'))));
  });
  return { data, raw: { width, height, channels: 4 } };
}

/** Where sharp reads from: a file that it knows, or plain pixels. */
async function opened({ type, bytes, layout, tables, page = 0 }) {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const plain =
    type === 'image/bmp'
      ? load('bitmap').readBitmap(file, MAX_PIXELS)
      : type === 'image/heic'
        ? await fromHeic(file)
        : layout
          ? await load('dicom-pixels').framePixels(bytes, layout, tables)
          : type === 'application/pdf'
            ? await load('pdf-page').firstPage(bytes, SMALL_SIDE, own)
            : undefined;
  if (plain === null) throw new Error('unknown kind');
  if (plain) return sharpOf(plain.data, { raw: plain.raw });
  return sharpOf(file, type === 'image/tiff' ? { page } : {}).rotate();
}

const TASKS = {
  header: async ({ bytes }) => load('dicom-header').readHeader(bytes),
  inflate: async ({ bytes }) => load('dicom-header').inflated(bytes),
  pages: async ({ bytes }) => {
    const { pages = 1 } = await sharpOf(Buffer.from(bytes)).metadata();
    return Math.min(pages, 500);
  },
  small: async (task) => {
    const picture = await opened(task);
    // What a page is stands at its head.
    const position = task.type === 'application/pdf' ? 'top' : 'centre';
    const size = { width: SMALL_SIDE, height: SMALL_SIDE, fit: 'cover', position, withoutEnlargement: true };
    return picture.resize(size).flatten({ background: '#fff' }).webp({ quality: 70 }).toBuffer();
  },
  logo: async (task) => {
    const picture = (await opened(task)).timeout({ seconds: 10 });
    const size = { width: LOGO_SIDE, height: LOGO_SIDE, fit: 'inside', withoutEnlargement: true };
    return picture
      .resize(size)
      .toColourspace('srgb')
      .png({ compressionLevel: 9, progressive: false })
      .toBuffer();
  },
  square: async (task) => {
    const picture = await opened(task);
    return picture
      .resize({ width: PORTRAIT_SIDE, height: PORTRAIT_SIDE, fit: 'cover' })
      .flatten({ background: '#fff' })
      .jpeg({ quality: 85 })
      .toBuffer();
  },
  web: async (task) => {
    const picture = await opened(task);
    const size = { width: WEB_SIDE, height: WEB_SIDE, fit: 'inside', withoutEnlargement: true };
    // Grey stays as it is measured; colour at a quality that hides nothing.
    return picture
      .resize(size)
      .flatten({ background: '#fff' })
      .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
      .toBuffer();
  },
};

TASKS[workerData.task](workerData).then(
  (answer) => parentPort?.postMessage({ answer }),
  (error) =>
    parentPort?.postMessage({
      problem: String(error?.message ?? error),
      // A reader that is not installed says nothing about the file.
      isOurs: ['MODULE_NOT_FOUND', 'ERR_DLOPEN_FAILED'].includes(error?.code),
    }),
);
