import 'server-only';
import { loadLetters } from './letters';
import { INK, openPen, type Style } from './pen';

const MARGIN = 44;
const WIDTH = 595.28;
const HEIGHT = 841.89;
const RIGHT = WIDTH - MARGIN;
const BOTTOM = HEIGHT - MARGIN - 24;
type Column<Row> = { label: string; cell: (row: Row) => string; width?: number };
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
  const pen = openPen(await loadLetters(), {
    size: [WIDTH, HEIGHT],
    margin: MARGIN,
    title: `${head.title}, ${head.period}`,
    author: head.organization,
  });
  const { pdf } = pen;
  let y = MARGIN;
  const line = (text: string, x: number, top: number, style: Style = {}): void =>
    pen.line(text, x, top, { ...style, width: style.width ?? RIGHT - x });
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
      if (pen.hasUnknown()) {
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
      return pen.finish();
    },
  };
}
