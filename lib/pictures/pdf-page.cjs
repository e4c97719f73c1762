const { readFileSync } = require('node:fs');

/** Of the reader's own memory, which lies outside of the thread's heap. */
const MAX_BYTES = 512 * 1024 * 1024;

/**
 * The first page of a PDF as plain pixels, `side` wide or high, whichever is less: what a square of a list
 * shows of it.
 * @throws Error for what is damaged, or opens with a password alone.
 */
async function firstPage(bytes, side, own) {
  const { PDFiumLibrary } = own('@hyzyla/pdfium');
  const reader = readFileSync(own.resolve('@hyzyla/pdfium/pdfium.wasm'));
  const instantiateWasm = (imports, done) => {
    const grow = imports.env.emscripten_resize_heap;
    imports.env.emscripten_resize_heap = (size) => (size > MAX_BYTES ? 0 : grow(size));
    const instance = new WebAssembly.Instance(new WebAssembly.Module(reader), imports);
    done(instance);
    return instance.exports;
  };
  const library = await PDFiumLibrary.init({ instantiateWasm });
  const page = (await library.loadDocument(bytes)).getPage(0);
  const { originalWidth, originalHeight } = page.getOriginalSize();
  const scale = side / Math.min(originalWidth, originalHeight);
  const [width, height] = [originalWidth, originalHeight].map((points) => Math.ceil(points * scale));
  // Of a ribbon a square shows nothing.
  if (!(originalWidth > 0 && originalHeight > 0) || Math.max(width, height) > 20 * side)
    throw new Error('no page');
  const { data, ...drawn } = await page.render({ width, height, render: 'bitmap' });
  return { data: Buffer.from(data), raw: { width: drawn.width, height: drawn.height, channels: 4 } };
}

module.exports = { firstPage };
