import 'server-only';
import PDFDocument from 'pdfkit';
import { loadLetters, piecesOf, type Weight } from './letters';

const MARGIN = 44;
const WIDTH = 595.28;
const HEIGHT = 841.89;
const RIGHT = WIDTH - MARGIN;
const BOTTOM = HEIGHT - MARGIN - 24;
/** Ink on paper: the screen's tokens have no place here. */
const INK = { text: '#14252a', muted: '#5b6b70', line: '#c9d3d6', bar: '#0f5f6f', second: '#9fb4ba' };

type Column<Row> = { label: string; cell: (row: Row) => string; width?: number };
type Style = {
  size?: number;
  weight?: Weight;
  color?: string;
  width?: number;
  align?: 'left' | 'right';
};

/** A4 pages with a letterhead: figures, bars and tables one below the other. */
export type Sheet = {
  heading: (text: string, note?: string) => void;
  figures: (figures: readonly { label: string; value: string; hint: string }[]) => void;
  bars: (series: {
    label: string;
    values: readonly { label: string; value: number }[];
    format: (value: number) => string;
  }) => void;
  table: <Row>(columns: readonly Column<Row>[], rows: readonly Row[], empty: string) => void;
  /** The file; nothing can be added afterwards. */
  finish: () => Promise<Buffer>;
};

export async function openSheet(head: {
  organization: string;
  contact: string;
  title: string;
  period: string;
  /** Who printed it and when, at the foot of each page. */
  printed: string;
}): Promise<Sheet> {
  const { scripts, files } = await loadLetters();
  const pdf = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    bufferPages: true,
    lang: 'en',
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: `${head.title}, ${head.period}`, Author: head.organization },
    // Ours are registered below; without one pdfkit reads its own from disk.
    font: files.get('latin-400') as unknown as string,
  });
  for (const [name, file] of files) pdf.registerFont(name, file);
  let hasUnknown = false;
  let y = MARGIN;

  const widthOf = (pieces: readonly { text: string; script: string }[], weight: Weight): number =>
    pieces.reduce((sum, { text, script }) => sum + pdf.font(`${script}-${weight}`).widthOfString(text), 0);

  /** One line, cut with an ellipsis where it is too long. */
  function line(text: string, x: number, top: number, style: Style = {}): void {
    const { size = 9.5, weight = '400', color = INK.text, width = RIGHT - x, align = 'left' } = style;
    pdf.fontSize(size).fillColor(color);
    let shown = text;
    let split = piecesOf(shown, scripts);
    hasUnknown ||= split.hasUnknown;
    while (shown.length > 1 && widthOf(split.pieces, weight) > width) {
      shown = `${[...shown.replace(/\u2026$/, '')].slice(0, -1).join('')}\u2026`;
      split = piecesOf(shown, scripts);
    }
    let left = align === 'right' ? x + width - widthOf(split.pieces, weight) : x;
    for (const { text: piece, script } of split.pieces) {
      pdf.font(`${script}-${weight}`);
      pdf.text(piece, left, top, { lineBreak: false });
      left += pdf.widthOfString(piece);
    }
  }
  const rule = (top: number, color = INK.line): void => {
    pdf.moveTo(MARGIN, top).lineTo(RIGHT, top).lineWidth(0.6).strokeColor(color).stroke();
  };
  /** Goes on at the top of the next page where there is no room. */
  function room(points: number): boolean {
    if (y + points <= BOTTOM) return false;
    pdf.addPage();
    y = MARGIN;
    return true;
  }

  line(head.organization, MARGIN, y, { size: 16, weight: '600' });
  line(head.contact, MARGIN, y + 22, { size: 9, color: INK.muted });
  rule(y + 40, INK.bar);
  y += 52;
  line(head.title, MARGIN, y, { size: 14, weight: '600' });
  line(head.period, MARGIN, y + 20, { size: 10, color: INK.muted });
  y += 46;

  return {
    heading(text, note) {
      room(70);
      y += 8;
      line(text, MARGIN, y, { size: 11.5, weight: '600' });
      y += 18;
      if (!note) return;
      line(note, MARGIN, y - 2, { size: 9, color: INK.muted });
      y += 12;
    },

    figures(figures) {
      room(64);
      const width = (RIGHT - MARGIN) / figures.length;
      for (const [index, { label, value, hint }] of figures.entries()) {
        const x = MARGIN + index * width;
        const inside = { width: width - 10 };
        line(label, x, y, { size: 8.5, color: INK.muted, ...inside });
        line(value, x, y + 13, { size: 15, weight: '600', ...inside });
        line(hint, x, y + 35, { size: 8.5, color: INK.muted, ...inside });
      }
      y += 56;
    },

    bars({ label, values, format }) {
      const height = 90;
      room(height + 40);
      line(label, MARGIN, y, { size: 8.5, color: INK.muted });
      const top = y + 14;
      const most = Math.max(...values.map(({ value }) => value), 0);
      const step = (RIGHT - MARGIN) / Math.max(values.length, 1);
      line(format(most), MARGIN, top - 2, {
        size: 7.5,
        color: INK.muted,
        width: RIGHT - MARGIN,
        align: 'right',
      });
      for (const [index, { value }] of values.entries()) {
        const size = most > 0 ? (value / most) * height : 0;
        pdf.rect(MARGIN + index * step + step * 0.12, top + height - size, step * 0.76, size).fill(INK.bar);
      }
      rule(top + height);
      // As many labels as have room beside each other.
      const every = Math.ceil(values.length / 12);
      for (const [index, one] of values.entries())
        if (index % every === 0)
          line(one.label, MARGIN + index * step, top + height + 4, {
            size: 7.5,
            color: INK.muted,
            width: step * every - 2,
          });
      y = top + height + 24;
    },

    table(columns, rows, empty) {
      const known = columns.reduce((sum, { width = 0 }) => sum + width, 0);
      const free = columns.filter(({ width }) => !width).length;
      const rest = (RIGHT - MARGIN - known) / Math.max(free, 1);
      const header = () => {
        let x = MARGIN;
        for (const [index, { label, width = rest }] of columns.entries()) {
          line(label, x, y, {
            size: 8.5,
            weight: '600',
            color: INK.muted,
            width: width - 6,
            align: index === 0 ? 'left' : 'right',
          });
          x += width;
        }
        rule(y + 14);
        y += 19;
      };
      room(44);
      header();
      if (rows.length === 0) {
        line(empty, MARGIN, y, { color: INK.muted });
        y += 18;
      }
      for (const row of rows) {
        // The head of the table stands on each page that it goes on to.
        if (room(17)) header();
        let x = MARGIN;
        for (const [index, { cell, width = rest }] of columns.entries()) {
          line(cell(row), x, y, { width: width - 6, align: index === 0 ? 'left' : 'right' });
          x += width;
        }
        y += 16;
      }
      y += 8;
    },

    async finish() {
      if (hasUnknown) {
        room(20);
        line('\u25a1 stands for letters that this file cannot print; the CSV has them.', MARGIN, y, {
          size: 8.5,
          color: INK.muted,
        });
      }
      const { start, count } = pdf.bufferedPageRange();
      for (let index = start; index < start + count; index++) {
        pdf.switchToPage(index);
        const foot = HEIGHT - MARGIN - 8;
        rule(foot - 6);
        const small = { size: 8, color: INK.muted };
        line(head.printed, MARGIN, foot, { ...small, width: RIGHT - MARGIN - 90 });
        line(`Page ${index + 1} of ${count}`, RIGHT - 90, foot, { ...small, width: 90, align: 'right' });
      }
      const parts: Buffer[] = [];
      pdf.on('data', (part: Buffer) => parts.push(part));
      const ended = new Promise<void>((resolve, reject) => {
        pdf.on('end', resolve);
        pdf.on('error', reject);
      });
      pdf.end();
      await ended;
      return Buffer.concat(parts);
    },
  };
}
