import 'server-only';
import { INK, type Pen, type Style } from './pen';

const GAP = 8;

type Frame = { left: number; right: number; top: number; bottom: number };

/** Where the next line goes, and the page that it goes to. */
export class PaperSheet {
  y: number;
  readonly pen: Pen;
  readonly frame: Frame;
  /** What stands at the top of each further page. */
  onPage: () => void = () => undefined;

  constructor(pen: Pen, frame: Frame) {
    this.pen = pen;
    this.frame = frame;
    this.y = frame.top;
  }

  get width(): number {
    return this.frame.right - this.frame.left;
  }

  /** Goes to a new page where so much does not fit on this one. @returns whether it did. */
  room(points: number): boolean {
    if (this.y + points <= this.frame.bottom) return false;
    this.pen.pdf.addPage();
    this.y = this.frame.top;
    this.onPage();
    return true;
  }

  /** As many lines as the text takes; `inset` and `outset` stay free at its left and its right. */
  text(
    text: string,
    { inset = 0, outset = 0, ...style }: Style & { inset?: number; outset?: number } = {},
  ): void {
    const { size = 9.5 } = style;
    const width = this.width - inset - outset;
    for (const one of this.pen.wrap(text, width, style)) {
      this.room(size * 1.45);
      this.pen.line(one, this.frame.left + inset, this.y, { ...style, width });
      this.y += size * 1.45;
    }
  }

  /** Small text beside a picture of that side, and both are passed. */
  aside(text: string, side: number): void {
    const end = this.y + side;
    this.text(text, { size: 8.5, color: INK.muted, inset: side + 8 });
    this.y = Math.max(this.y, end) + 4;
  }

  rule(color = INK.line): void {
    const { left, right } = this.frame;
    this.pen.pdf.moveTo(left, this.y).lineTo(right, this.y).lineWidth(0.6).strokeColor(color).stroke();
    this.y += GAP;
  }
}
