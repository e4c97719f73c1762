import 'server-only';
import { encode } from 'uqr';
import { INK, type Pen } from './pen';

/** Text of an item begins here, after its number. */
export const INSET = 18;
/** Where something is drawn. */
type Place = { pen: Pen; y: number; frame: { left: number; right: number } };

/** Points from the right edge to the left of the eyes. */
export const EYES_WIDTH = 42;
/** The right eye stands on the reader's left, as in a face; the letter says it too, not the place alone. */
export function drawEyes(sheet: Place, eye: 'right' | 'left' | 'both', top: number): void {
  const { pen, frame } = sheet;
  for (const [index, side] of (['right', 'left'] as const).entries()) {
    const x = frame.right - 34 + index * 20;
    const y = top + 21;
    const isUsed = eye === 'both' || eye === side;
    pen.pdf.circle(x, y, 7).lineWidth(0.8);
    if (isUsed) pen.pdf.fillAndStroke(INK.bar, INK.bar);
    else pen.pdf.strokeColor(INK.second).stroke();
    const color = isUsed ? '#ffffff' : INK.second;
    pen.line(side === 'right' ? 'R' : 'L', x - 7, y - 5.5, {
      size: 8,
      weight: '600',
      color,
      width: 14,
      align: 'center',
    });
  }
}

/** Sunrise, sun, sunset and moon, with a stroke under those that count. */
export function drawHours(sheet: Place, hours: readonly boolean[]): void {
  const { pdf } = sheet.pen;
  sheet.y += 3;
  hours.forEach((isUsed, index) => {
    const [x, y] = [sheet.frame.left + INSET + 14 + index * 40, sheet.y + 10];
    const color = isUsed ? INK.text : INK.line;
    pdf.lineWidth(1).strokeColor(color).fillColor(color);
    if (index === 3) {
      pdf.path(`M ${x + 2} ${y - 6} A 6 6 0 1 0 ${x + 5} ${y + 3} A 5 5 0 0 1 ${x + 2} ${y - 6} Z`).fill();
    } else {
      const isWhole = index === 1;
      if (isWhole) pdf.circle(x, y, 4).fill();
      else pdf.path(`M ${x - 4} ${y + 3} A 4 4 0 0 1 ${x + 4} ${y + 3} Z`).fill();
      for (let ray = 0; ray < 8; ray++) {
        const angle = (ray * Math.PI) / 4;
        const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
        if (!isWhole && dy > 0.1) continue;
        const from = isWhole ? 0 : 3;
        pdf
          .moveTo(x + dx * 6, y + from + dy * 6)
          .lineTo(x + dx * 8, y + from + dy * 8)
          .stroke();
      }
      if (index !== 1)
        pdf
          .moveTo(x - 9, y + 5)
          .lineTo(x + 9, y + 5)
          .stroke();
      if (index === 2)
        pdf
          .moveTo(x - 9, y + 8)
          .lineTo(x + 9, y + 8)
          .stroke();
    }
    if (isUsed)
      pdf
        .lineWidth(1.4)
        .moveTo(x - 9, y + 13)
        .lineTo(x + 9, y + 13)
        .stroke();
  });
  sheet.y += 28;
}

/** In points: a scanner at a counter reads it off a sheet held by hand. */
export const CODE_SIDE = 74;
/** With the gap below it. */
export const CODE_HEIGHT = CODE_SIDE + 4;

/** A code for a scanner at the left edge, CODE_SIDE high and wide. */
export function drawCode({ pen, y, frame }: Place, content: string): void {
  drawMatrix(pen, content, { left: frame.left, top: y, side: CODE_SIDE });
}

/** A code for a scanner, in a square. */
export function drawMatrix(
  pen: Place['pen'],
  content: string,
  { left, top, side }: { left: number; top: number; side: number },
): void {
  const { data, size } = encode(content, { border: 2 });
  const dot = side / size;
  pen.pdf.fillColor(INK.text);
  for (const [row, dots] of data.entries())
    for (const [column, isDark] of dots.entries())
      if (isDark) pen.pdf.rect(left + column * dot, top + row * dot, dot + 0.02, dot + 0.02);
  pen.pdf.fill();
}
