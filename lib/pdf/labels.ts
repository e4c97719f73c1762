import 'server-only';
import type { LabelSize, PaperDocument, PaperLabel } from '../paper';
import { loadLetters } from './letters';
import { INK, openPen, type Pen, type Style } from './pen';
import { drawMatrix } from './pictures';

const MM = 72 / 25.4;
const LABEL = { width: 50 * MM, height: 25 * MM, inset: 1.6 * MM };
/** Four beside each other and eleven below: no gap between them, as sheets of 44 have it. */
const SHEET = { columns: 4, rows: 11, left: 5 * MM, top: 11 * MM, size: [210 * MM, 297 * MM] as const };
const LABELS_ON_SHEET = SHEET.columns * SHEET.rows;

/** Tried one after the other: below the last one a printer of labels writes nothing that can be read. */
const SCALES = [1.12, 1, 0.92, 0.84, 0.77];
/** Latin letters need less room above and below than those of India. */
const LEADING = { latin: 1.16, local: 1.32 };

/** A code is as wide as the label is high, without its edges. */
const CODE = 17 * MM;

type Line = { text: string; style: Style; height: number };
type Sticker = { lines: Line[]; code: string | undefined };

/** The PDF of stickers. */
export async function renderLabels(paper: PaperDocument, size: LabelSize): Promise<Buffer> {
  const isRoll = size === 'label';
  const pen = openPen(await loadLetters(), {
    size: isRoll ? [LABEL.width, LABEL.height] : [...SHEET.size],
    margin: 0,
    title: paper.title,
    author: paper.head?.name ?? '',
    language: paper.language,
  });
  const blocks = paper.blocks.flatMap((block) => (block.kind === 'labels' ? [block] : []));
  // Ten bottles have ten equal labels: one is laid out, which shapes each of its words.
  const known = new Map<PaperLabel, Sticker[]>();
  const layOut = (label: PaperLabel): Sticker[] => {
    const laid = known.get(label) ?? stickersOf(pen, label).map((lines) => ({ lines, code: label.code }));
    known.set(label, laid);
    return laid;
  };
  const stickers = blocks.flatMap(({ labels }) => labels.flatMap(layOut));
  const skip = isRoll ? 0 : (blocks[0]?.skip ?? 0) % LABELS_ON_SHEET;
  stickers.forEach(({ lines, code }, index) => {
    const place = isRoll ? 0 : (index + skip) % LABELS_ON_SHEET;
    if (index > 0 && place === 0) pen.pdf.addPage();
    const left = isRoll ? 0 : SHEET.left + (place % SHEET.columns) * LABEL.width;
    const top = isRoll ? 0 : SHEET.top + Math.floor(place / SHEET.columns) * LABEL.height;
    if (code)
      drawMatrix(pen, code, {
        left: left + LABEL.width - LABEL.inset - CODE,
        top: top + (LABEL.height - CODE) / 2,
        side: CODE,
      });
    let y = top + LABEL.inset;
    for (const { text, style, height } of lines) {
      pen.line(text, left + LABEL.inset, y, style);
      y += height;
    }
  });
  return pen.finish();
}

function linesOf(pen: Pen, label: PaperLabel, scale: number): { head: Line[]; body: Line[] } {
  const width = LABEL.width - 2 * LABEL.inset - (label.code ? CODE + LABEL.inset : 0);
  const take = (texts: readonly string[], style: Style & { size: number }, leading: number) =>
    texts.flatMap((text) =>
      pen.wrap(text, width, style).map((line) => ({ text: line, style, height: style.size * leading })),
    );
  const latin = (texts: readonly string[], size: number, style: Style = {}) =>
    take(texts, { ...style, size: size * scale }, LEADING.latin);
  return {
    head: [...latin([label.head], 6.5, { weight: '600' }), ...latin([label.title], 7.5, { weight: '600' })],
    body: [
      ...latin(label.lines, 6),
      ...take(label.local ?? [], { size: 7 * scale }, LEADING.local),
      ...(label.foot ? latin([label.foot], 5, { color: INK.muted }) : []),
    ],
  };
}

const heightOf = (lines: readonly Line[]): number => lines.reduce((sum, { height }) => sum + height, 0);

/**
 * The lines of each sticker that a label takes: one, in letters that become smaller where there is much to
 * say, and then several, each with the name and the medicine.
 */
function stickersOf(pen: Pen, label: PaperLabel): Line[][] {
  const room = LABEL.height - 2 * LABEL.inset;
  for (const scale of SCALES) {
    const { head, body } = linesOf(pen, label, scale);
    if (heightOf(head) + heightOf(body) <= room) return [[...head, ...body]];
  }
  const { head, body } = linesOf(pen, label, SCALES.at(-1) ?? 1);
  const parts: Line[][] = [[]];
  for (const line of body) {
    const part = parts.at(-1) ?? [];
    if (part.length > 0 && heightOf(head) + heightOf(part) + line.height > room) parts.push([line]);
    else part.push(line);
  }
  return parts.map((part) => [...head, ...part]);
}
