import 'server-only';
import { encode } from 'uqr';
import { loadLetters, type Weight } from './letters';
import { openPen } from './pen';

/**
 * A page of an office printer, or the paper of a receipt printer: 80 mm wide and as long as it needs to be.
 */
export type Paper = 'a4' | 'roll';

const SIZES = {
  a4: { width: 595.28, margin: 44, text: 9.5 },
  roll: { width: 226.77, margin: 10, text: 8.5 },
};
const A4_HEIGHT = 841.89;
/** Longer than any receipt; only measured on, never printed. */
const MEASURE_HEIGHT = 14_000;
const INK = { text: '#000000', muted: '#4a4a4a', line: '#9a9a9a' };

type Style = { size?: number; weight?: Weight; isMuted?: boolean; align?: 'left' | 'right' | 'center' };
export type SlipColumn<Row> = { label: string; cell: (row: Row) => string; width?: number };

/** Lines one below the other, as wide as the paper. */
export type Slip = {
  paper: Paper;
  /** Goes on in the next line where it is too long. */
  text: (text: string, style?: Style) => void;
  /** A name on the left, its figure on the right. */
  pair: (left: string, right: string, style?: Style) => void;
  rule: () => void;
  gap: (points?: number) => void;
  /** On a page only: a roll has no room for columns. */
  table: <Row>(columns: readonly SlipColumn<Row>[], rows: readonly Row[]) => void;
  /** A code for a phone, with a line under it. */
  code: (content: string, caption: string) => void;
};

type Title = {
  title: string;
  author: string;
  /** A label as it is printed: with its word in another language beside it. */
  say?: (label: string) => string;
};

/** Prints what `draw` puts on the paper. It may be called twice: once to measure. */
export async function printSlip(paper: Paper, about: Title, draw: (slip: Slip) => void): Promise<Buffer> {
  if (paper === 'a4') return (await drawOn(paper, about, A4_HEIGHT, draw)).file;
  const { end } = await drawOn(paper, about, MEASURE_HEIGHT, draw);
  return (await drawOn(paper, about, Math.ceil(end) + SIZES.roll.margin, draw)).file;
}

async function drawOn(paper: Paper, about: Title, height: number, draw: (slip: Slip) => void) {
  const { width, margin, text: plain } = SIZES[paper];
  const right = width - margin;
  const inside = right - margin;
  const {
    pdf,
    line: put,
    wrap,
    measure,
    finish,
  } = openPen(await loadLetters(), {
    ...{ size: [width, height], margin: 0 },
    ...{ title: about.title, author: about.author },
  });
  const { say = (label: string) => label } = about;
  let y = margin;

  function room(points: number): void {
    // A roll is cut to its length afterwards.
    if (paper === 'roll' || y + points <= height - margin) return;
    pdf.addPage({ size: [width, height], margin: 0 });
    y = margin;
  }
  function block(text: string, left: number, most: number, style: Style = {}): void {
    const { size = plain, weight = '400', isMuted = false, align = 'left' } = style;
    const drawn = { size, weight, align, width: most, color: isMuted ? INK.muted : INK.text };
    for (const line of wrap(text, most, drawn)) {
      room(size * 1.4);
      put(line, left, y, drawn);
      y += size * 1.4;
    }
  }

  draw({
    paper,
    text: (text, style) => block(say(text), margin, inside, style),
    pair(left, figure, style = {}) {
      const { size = plain, weight = '400' } = style;
      const taken = measure(figure, { size, weight });
      room(size * 1.4);
      const top = y;
      block(say(left), margin, inside - taken - 8, style);
      const end = y;
      y = top;
      block(figure, right - taken - 0.5, taken + 1, { ...style, align: 'left' });
      y = Math.max(end, y);
    },
    rule() {
      room(8);
      y += 3;
      pdf.moveTo(margin, y).lineTo(right, y).lineWidth(0.6).strokeColor(INK.line).stroke();
      y += 5;
    },
    gap(points = 6) {
      y += points;
    },
    table(columns, rows) {
      const known = columns.reduce((sum, column) => sum + (column.width ?? 0), 0);
      const rest = (inside - known) / Math.max(columns.filter((column) => !column.width).length, 1);
      const row = (cells: readonly string[], weight: Weight) => {
        room(plain * 1.4);
        const top = y;
        let end = y;
        let x = margin;
        for (const [index, cell] of cells.entries()) {
          const size = columns[index]?.width ?? rest;
          y = top;
          block(cell, x, size - 6, { weight, align: index === 0 ? 'left' : 'right' });
          end = Math.max(end, y);
          x += size;
        }
        y = end + 2;
      };
      row(
        columns.map(({ label }) => label),
        '600',
      );
      for (const one of rows)
        row(
          columns.map(({ cell }) => cell(one)),
          '400',
        );
    },
    code(content, caption) {
      const { data, size } = encode(content, { border: 2 });
      const side = paper === 'a4' ? 110 : 130;
      room(side + 16);
      const dot = side / size;
      const left = paper === 'a4' ? margin : (width - side) / 2;
      pdf.fillColor(INK.text);
      for (const [line, dots] of data.entries())
        for (const [column, isDark] of dots.entries())
          if (isDark) pdf.rect(left + column * dot, y + line * dot, dot + 0.02, dot + 0.02);
      pdf.fill();
      y += side + 2;
      block(caption, margin, inside, { isMuted: true, align: paper === 'a4' ? 'left' : 'center' });
    },
  });

  return { file: await finish(), end: y };
}
