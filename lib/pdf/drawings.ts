import 'server-only';
import type { PaperDrawing } from '../paper';
import type { PaperSheet } from './paper-sheet';
import { INK } from './pen';

/** Of pencils, as they are told apart on white paper and in grey. */
const PENCIL = {
  ink: INK.text,
  red: INK.mark,
  blue: '#1d5fbf',
  yellow: '#a87400',
  green: '#1f7a3a',
} as const;
const GAP = 14;
/** In points: the cup of a disc can still be seen. */
const WIDEST = 150;
const CAPTION = { size: 8, color: INK.muted };
const CAPTION_LINE = 11.5;

/** Drawings beside each other, each with its words below it; a row that does not fit begins a page. */
export function drawDrawings(sheet: PaperSheet, drawings: readonly PaperDrawing[]): void {
  const { pen, frame } = sheet;
  const inRow = Math.max(1, Math.floor((sheet.width + GAP) / (WIDEST + GAP)));
  const side = Math.min(WIDEST, sheet.width);
  for (let from = 0; from < drawings.length; from += inRow) {
    const row = drawings.slice(from, from + inRow).map((drawing) => ({
      drawing,
      words: pen.wrap(drawing.caption, side, CAPTION),
    }));
    const height = side + 4 + Math.max(...row.map(({ words }) => words.length)) * CAPTION_LINE;
    sheet.room(height + 6);
    for (const [index, { drawing, words }] of row.entries()) {
      const x = frame.left + index * (side + GAP);
      drawOne(sheet, drawing, { x, y: sheet.y, side });
      for (const [line, text] of words.entries())
        pen.line(text, x, sheet.y + side + 4 + line * CAPTION_LINE, { ...CAPTION, width: side });
    }
    sheet.y += height + 6;
  }
}

function drawOne(
  { pen }: PaperSheet,
  { side: unit, outlines, isMirrored, marks }: PaperDrawing,
  { x, y, side }: { x: number; y: number; side: number },
): void {
  const { pdf } = pen;
  const scale = side / unit;
  pdf.save();
  pdf.translate(x, y).scale(scale);
  pdf.rect(0, 0, unit, unit).clip();
  pdf.lineWidth(2).lineCap('round').lineJoin('round').strokeColor(INK.second);
  pdf.save();
  if (isMirrored) pdf.transform(-1, 0, 0, 1, unit, 0);
  for (const path of outlines) pdf.path(path).stroke();
  pdf.restore();
  for (const mark of marks) {
    const color = PENCIL[mark.ink];
    if ('path' in mark) pdf.lineWidth(4).strokeColor(color).path(mark.path).stroke();
    else pdf.circle(mark.x, mark.y, 7).fill(color);
  }
  pdf.restore();
  for (const mark of marks)
    if ('text' in mark)
      pen.line(mark.text, x + (mark.x + 11) * scale, y + mark.y * scale - 4, {
        size: 6.5,
        color: PENCIL[mark.ink],
      });
  pdf.lineWidth(0.6).strokeColor(INK.line).rect(x, y, side, side).stroke();
}
