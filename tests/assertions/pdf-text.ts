import { inflateSync } from 'node:zlib';

type Pdf = { objects: Map<number, { head: string; stream: string | null }> };

function parse(file: Buffer): Pdf {
  const text = file.toString('latin1');
  const objects: Pdf['objects'] = new Map();
  for (const found of text.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const body = found[2] ?? '';
    const at = body.indexOf('stream\n');
    const raw = at < 0 ? null : body.slice(at + 7, body.lastIndexOf('\nendstream'));
    const head = at < 0 ? body : body.slice(0, at);
    const isPacked = head.includes('/FlateDecode');
    const stream =
      raw === null ? null : isPacked ? inflateSync(Buffer.from(raw, 'latin1')).toString('latin1') : raw;
    objects.set(Number(found[1]), { head, stream });
  }
  return { objects };
}

const lettersOf = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** What each glyph of a font stands for, from its ToUnicode table. */
function tableOf(stream: string): Map<number, string> {
  const table = new Map<number, string>();
  for (const range of stream.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/gi)) {
    const first = Number.parseInt(range[1] ?? '0', 16);
    for (const [index, one] of [...(range[2] ?? '').matchAll(/<([0-9a-f ]*)>/gi)].entries())
      table.set(first + index, lettersOf((one[1] ?? '').replaceAll(' ', '')));
  }
  return table;
}

/**
 * The text of a PDF as pdfkit writes it, one entry for each piece that was drawn; and how many pages there
 * are.
 */
export function readPdf(file: Buffer): { pages: number; text: string[] } {
  const { objects } = parse(file);
  const fonts = new Map<string, Map<number, string>>();
  for (const { head } of objects.values())
    for (const [, name = '', id] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const reference = /\/ToUnicode (\d+) 0 R/.exec(objects.get(Number(id))?.head ?? '');
      const stream = reference ? objects.get(Number(reference[1]))?.stream : null;
      if (stream) fonts.set(name, tableOf(stream));
    }
  const text: string[] = [];
  let pages = 0;
  for (const { head, stream } of objects.values()) {
    if (/\/Type \/Page\b(?!s)/.test(head)) pages++;
    let font: Map<number, string> | undefined;
    for (const [, name, drawn] of stream?.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g) ?? []) {
      if (name) font = fonts.get(name);
      if (drawn === undefined) continue;
      const glyphs = [...drawn.matchAll(/<([0-9a-f]+)>/gi)].flatMap(
        ([, hex = '']) => hex.match(/.{4}/g) ?? [],
      );
      text.push(glyphs.map((glyph) => font?.get(Number.parseInt(glyph, 16)) ?? '?').join(''));
    }
  }
  return { pages, text };
}
