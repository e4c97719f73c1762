import 'server-only';
import PDFDocument from 'pdfkit';
import { type Letters, type Piece, piecesOf, type Weight } from './letters';
import { attachShaper } from './shaping';

/** Ink on paper: the screen's tokens have no place here. */
export const INK = {
  text: '#14252a',
  muted: '#5b6b70',
  line: '#c9d3d6',
  bar: '#0f5f6f',
  second: '#9fb4ba',
  mark: '#b42318',
};

export type Style = {
  size?: number;
  weight?: Weight;
  color?: string;
  width?: number;
  align?: 'left' | 'right' | 'center';
};

type Facts = { size: [number, number]; margin: number; title: string; author: string; language?: string };

/** A PDF document that writes lines in any script it has letters for. */
export function openPen({ scripts, files, shapers }: Letters, facts: Facts) {
  const pdf = new PDFDocument({
    size: facts.size,
    margin: facts.margin,
    bufferPages: true,
    lang: facts.language ?? 'en',
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: facts.title, Author: facts.author },
    // None to begin with: one that pdfkit has opened under no name is opened again at each use of it.
    font: '',
  });
  for (const [name, file] of files) pdf.registerFont(name, file);
  let hasUnknown = false;

  function choose(script: string, weight: Weight): void {
    const name = `${script}-${weight}`;
    pdf.font(name);
    const shaper = shapers.get(name);
    if (shaper) attachShaper(pdf, shaper);
  }
  const widthOf = (pieces: readonly Piece[], weight: Weight): number =>
    pieces.reduce((sum, { text, script }) => {
      choose(script, weight);
      return sum + pdf.widthOfString(text);
    }, 0);
  const split = (text: string) => {
    const found = piecesOf(text, scripts);
    hasUnknown ||= found.hasUnknown;
    return found.pieces;
  };

  /** How wide a text is in points. */
  function measure(text: string, { size = 9.5, weight = '400' }: Style = {}): number {
    pdf.fontSize(size);
    return widthOf(split(text), weight);
  }

  /** One line, cut with an ellipsis where it is too long; never inside of a letter and its marks. */
  function line(text: string, x: number, top: number, style: Style = {}): void {
    const {
      size = 9.5,
      weight = '400',
      color = INK.text,
      width = Number.MAX_SAFE_INTEGER,
      align = 'left',
    } = style;
    pdf.fontSize(size).fillColor(color);
    let pieces = split(text);
    if (widthOf(pieces, weight) > width) {
      const letters = [...new Intl.Segmenter('en').segment(text)].map(({ segment }) => segment);
      // The most letters that fit, found by halves: each try shapes the line once more.
      let [fits, breaks] = [0, letters.length];
      while (breaks - fits > 1) {
        const middle = Math.floor((fits + breaks) / 2);
        if (widthOf(split(`${letters.slice(0, middle).join('')}\u2026`), weight) <= width) fits = middle;
        else breaks = middle;
      }
      pieces = split(`${letters.slice(0, fits).join('')}\u2026`);
    }
    const free = align === 'left' ? 0 : width - widthOf(pieces, weight);
    let left = x + (align === 'center' ? free / 2 : free);
    for (const { text: piece, script } of pieces) {
      choose(script, weight);
      pdf.text(piece, left, top, { lineBreak: false });
      left += pdf.widthOfString(piece);
    }
  }

  /** A word in pieces that fit; between letters, never inside of one and its marks. */
  function broken(word: string, width: number, style: Style): string[] {
    // No letter is twice as wide as it is high: measuring shapes a word, which most are too short to need.
    const isShort = word.length * (style.size ?? 9.5) * 2 <= width;
    if (isShort || measure(word, style) <= width) return [word];
    const pieces: string[] = [];
    let current = '';
    for (const { segment } of new Intl.Segmenter('en').segment(word)) {
      if (current && measure(current + segment, style) > width) {
        pieces.push(current);
        current = '';
      }
      current += segment;
    }
    return [...pieces, current];
  }

  /** The lines that a text takes within a width. A word that is too long goes on in the next line. */
  function wrap(text: string, width: number, style: Style = {}): string[] {
    const lines: string[] = [];
    for (const paragraph of text.split('\n')) {
      let current = '';
      for (const word of paragraph.split(' ').flatMap((one) => broken(one, width, style))) {
        const next = current ? `${current} ${word}` : word;
        if (!current || measure(next, style) <= width) current = next;
        else {
          lines.push(current);
          current = word;
        }
      }
      lines.push(current);
    }
    return lines;
  }

  async function finish(): Promise<Buffer> {
    const parts: Buffer[] = [];
    pdf.on('data', (part: Buffer) => parts.push(part));
    const ended = new Promise<void>((resolve, reject) => {
      pdf.on('end', resolve);
      pdf.on('error', reject);
    });
    pdf.end();
    await ended;
    return Buffer.concat(parts);
  }

  return { pdf, line, wrap, measure, finish, hasUnknown: () => hasUnknown };
}
export type Pen = ReturnType<typeof openPen>;
