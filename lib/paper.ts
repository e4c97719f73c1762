/*
 * What a paper says, described without saying how it is drawn. A noun makes one from what it has read; the
 * page (components/paper) and the PDF (lib/pdf/paper.ts) show the same.
 */
export const PAPER_SIZES = { A4: 'A4', A5: 'A5' } as const;
/** Stickers of 50 x 25 mm: one after the other on a roll, or on sheets of A4. */
export const LABEL_SIZES = { label: 'Roll of 50 x 25 mm', 'label-sheet': 'A4 sheet of 44' } as const;
/** How many are on a sheet, and the last from which one can be printed. */
export const SHEET_LIMIT = { most: 44, sentence: 'A sheet has 44 labels.', isSome: true };
export type LabelSize = keyof typeof LABEL_SIZES;
/** `roll80`: a receipt printer's roll of 80 mm, as long as the paper needs. */
type PaperSize = keyof typeof PAPER_SIZES | 'roll80' | LabelSize;

export type PaperHead = {
  name: string;
  /** The same name in another script. */
  secondName?: string;
  /** Address, phone, registration: a line each. */
  lines: readonly string[];
  /** A PNG in base64. */
  logo?: string;
  footer?: string;
};

export type PaperFact = { label: string; value: string };
export type PaperItem = {
  title: string;
  aside?: string;
  lines: readonly string[];
  /** The same in the patient's language, drawn larger. */
  local?: readonly string[];
  /** Morning, noon, evening, night: as pictures. */
  hours?: readonly boolean[];
  eye?: 'right' | 'left' | 'both';
};
/** A sticker. What does not fit on one goes on another one: nothing is cut off. */
export type PaperLabel = {
  /** Whose it is. */
  head: string;
  title: string;
  lines: readonly string[];
  /** The same in the patient's language, drawn larger. */
  local?: readonly string[];
  foot: string;
  /** For a scanner, beside the words. */
  code?: string;
};
type PaperInk = 'ink' | 'red' | 'blue' | 'yellow' | 'green';
/** A drawing in vectors, on a square of `side`; paths as SVG writes them. Its caption has its words. */
export type PaperDrawing = {
  caption: string;
  side: number;
  outlines: readonly string[];
  /** The outlines alone: marks stand where they were put. */
  isMirrored: boolean;
  marks: readonly ({ ink: PaperInk; path: string } | { ink: PaperInk; x: number; y: number; text: string })[];
};
export type PaperBlock =
  | { kind: 'heading'; text: string }
  | { kind: 'facts'; facts: readonly PaperFact[] }
  | { kind: 'items'; items: readonly PaperItem[] }
  | { kind: 'table'; columns: readonly string[]; rows: readonly (readonly string[])[] }
  /** `local`: the same in the patient's language. */
  | { kind: 'text'; text: string; local?: string }
  | { kind: 'big'; text: string; note: string }
  | { kind: 'drawings'; drawings: readonly PaperDrawing[] }
  /** A code for a scanner, with what it is for beside it. */
  | { kind: 'code'; content: string; caption: string }
  | { kind: 'signature'; name: string; lines: readonly string[] }
  /** `skip`: places at the beginning of a sheet that are used already. */
  | { kind: 'labels'; labels: readonly PaperLabel[]; skip: number };

export type PaperDocument = {
  title: string;
  size: PaperSize;
  /** Null on paper that has a head already: then the margins keep its place free. */
  head: PaperHead | null;
  /** In millimetres. */
  margins: { top: number; bottom: number; side: number };
  /** Who it is of, on each page: name and number. */
  patient: string;
  day: string;
  blocks: readonly PaperBlock[];
  /** "Copy" from the second print on, "Void" where it holds no more. */
  mark?: string;
  /** Who printed it and when. */
  printed: string;
  /** Of the blocks that are not English. */
  language: string;
};

export const DEFAULT_MARGINS = { top: 12, bottom: 12, side: 14 } as const;
