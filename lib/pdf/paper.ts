import 'server-only';
import { setImmediate } from 'node:timers/promises';
import type { PaperBlock, PaperDocument, PaperItem } from '../paper';
import { drawDrawings } from './drawings';
import { renderLabels } from './labels';
import { loadLetters } from './letters';
import { PaperSheet } from './paper-sheet';
import { INK, openPen, type Style } from './pen';
import { CODE_HEIGHT, CODE_SIDE, drawCode, drawEyes, drawHours, EYES_WIDTH, INSET } from './pictures';
import { isDrawable } from './png';

const POINTS_PER_MM = 72 / 25.4;
const SIZES = { A4: [595.28, 841.89], A5: [419.53, 595.28], roll80: [226.77, 841.89] } as const;
/** A roll is cut where the text ends; nothing is longer than this. */
const LONGEST_ROLL = 4_000;
const FOOT = 26;

/** The PDF of a paper; without its logo where that cannot be drawn. */
export const renderPaper = (paper: PaperDocument): Promise<Buffer> => renderPapers([paper]);

/**
 * Several papers of one size in a PDF, each beginning on a page of its own and counting its own pages.
 * @throws Error when there is none.
 */
export async function renderPapers(papers: readonly PaperDocument[]): Promise<Buffer> {
  const [first] = papers;
  if (!first) throw new Error('There is no paper to draw');
  if (first.size === 'label' || first.size === 'label-sheet') return renderLabels(first, first.size);
  if (first.size !== 'roll80') return (await draw(first, papers, SIZES[first.size])).finish();
  // Twice: the first time says how long it is.
  const tried = await draw(first, papers, [SIZES.roll80[0], LONGEST_ROLL]);
  return (await draw(first, papers, [SIZES.roll80[0], Math.ceil(tried.end + 2 * FOOT)])).finish();
}

async function draw(
  first: PaperDocument,
  papers: readonly PaperDocument[],
  [width, height]: readonly [number, number],
) {
  const pen = openPen(await loadLetters(), {
    size: [width, height],
    margin: 0,
    title: first.title,
    author: first.head?.name ?? '',
    language: first.language,
  });
  let end = 0;
  for (const [index, paper] of papers.entries()) {
    const [top, bottom, side] = [paper.margins.top, paper.margins.bottom, paper.margins.side].map(
      (mm) => mm * POINTS_PER_MM,
    ) as [number, number, number];
    if (index > 0) {
      // Others have their turn: drawing hundreds holds up whatever else this process serves.
      await setImmediate();
      pen.pdf.addPage();
    }
    const from = pen.pdf.bufferedPageRange().count - 1;
    const sheet = new PaperSheet(pen, {
      ...{ left: side, right: width - side, top },
      bottom: height - bottom - FOOT,
    });
    drawHead(sheet, paper);
    drawBlocks(sheet, paper.blocks);
    if (pen.hasUnknown())
      sheet.text('\u25a1 stands for letters that this printer does not have.', {
        size: 8,
        color: INK.muted,
      });
    drawFeet(sheet, paper, { from, bottom: height - bottom });
    end = sheet.y;
  }
  return { end, finish: pen.finish };
}

function drawHead(sheet: PaperSheet, { head, title, day, patient, mark, size }: PaperDocument): void {
  const { pen, frame } = sheet;
  const isRoll = size === 'roll80';
  const align = isRoll ? ('center' as const) : ('left' as const);
  if (head) {
    const given = head.logo ? Buffer.from(head.logo, 'base64') : null;
    const logo = given && isDrawable(given) ? given : null;
    const inset = logo && !isRoll ? 58 : 0;
    if (logo) {
      pen.pdf.image(logo, isRoll ? frame.left + sheet.width / 2 - 24 : frame.left, sheet.y, {
        fit: [48, 48],
      });
      if (isRoll) sheet.y += 54;
    }
    const from = sheet.y;
    sheet.text(head.name, { size: isRoll ? 12 : 15, weight: '600', inset, align });
    if (head.secondName) sheet.text(head.secondName, { size: isRoll ? 11 : 13, inset, align });
    for (const one of head.lines) sheet.text(one, { size: 8.5, color: INK.muted, inset, align });
    sheet.y = Math.max(sheet.y, from + (inset > 0 ? 50 : 0)) + 4;
    sheet.rule(INK.bar);
  }
  const titleTop = sheet.y;
  sheet.text(title, { size: 13, weight: '600', align });
  if (mark)
    pen.line(mark, frame.left, titleTop, {
      size: 13,
      weight: '600',
      color: INK.mark,
      width: sheet.width,
      align: 'right',
    });
  sheet.text(patient, { size: 10.5, weight: '600', align });
  sheet.text(day, { size: 9, color: INK.muted, align });
  sheet.y += 4;
  sheet.rule();
  sheet.onPage = () => {
    sheet.text(`${title}: ${patient}`, { size: 9, weight: '600' });
    sheet.rule();
  };
}

/** At the foot of each page of a paper, which begins at page `from` of the document. */
function drawFeet(
  sheet: PaperSheet,
  { head, patient, printed, size }: PaperDocument,
  { from, bottom }: { from: number; bottom: number },
): void {
  const { pen, frame } = sheet;
  const { count } = pen.pdf.bufferedPageRange();
  for (let index = from; index < count; index++) {
    pen.pdf.switchToPage(index);
    const small = { size: 7.5, color: INK.muted };
    const foot = bottom - 20;
    if (size === 'roll80') {
      pen.line(printed, frame.left, foot, { ...small, width: sheet.width, align: 'center' });
      continue;
    }
    if (head?.footer) pen.line(head.footer, frame.left, foot, { ...small, width: sheet.width });
    pen.line(`${patient}. ${printed}`, frame.left, foot + 11, { ...small, width: sheet.width - 70 });
    const page = `Page ${index - from + 1} of ${count - from}`;
    pen.line(page, frame.right - 66, foot + 11, { ...small, width: 66, align: 'right' });
  }
}

/** Points: room for a code and who signs side by side. */
const WIDE = 300;

/** One block below the other; who signs stands beside a code, so that the usual paper has one page. */
function drawBlocks(sheet: PaperSheet, blocks: readonly PaperBlock[]): void {
  let codeTop: number | null = null;
  for (const block of blocks) {
    const end = sheet.y;
    const isBeside = block.kind === 'signature' && block.lines.length <= 2 && sheet.width >= WIDE;
    if (isBeside && codeTop !== null) {
      sheet.y = codeTop;
      drawBlock(sheet, block);
      sheet.y = Math.max(sheet.y, end);
    } else drawBlock(sheet, block);
    codeTop = block.kind === 'code' ? sheet.y - CODE_HEIGHT : null;
  }
}

function drawBlock(sheet: PaperSheet, block: PaperBlock): void {
  const { pen, frame } = sheet;
  switch (block.kind) {
    case 'heading':
      sheet.room(40);
      sheet.y += 4;
      sheet.text(block.text, { size: 10.5, weight: '600', color: INK.bar });
      sheet.y += 3;
      return;
    case 'facts':
      for (const { label, value } of block.facts) {
        sheet.room(14);
        pen.line(label, frame.left, sheet.y, { size: 8.5, color: INK.muted, width: 92 });
        sheet.text(value, { inset: 96 });
      }
      sheet.y += 4;
      return;
    case 'items':
      for (const [index, item] of block.items.entries()) drawItem(sheet, item, index + 1);
      return;
    case 'table':
      drawTable(sheet, block.columns, block.rows);
      return;
    case 'text':
      sheet.text(block.text);
      if (block.local) sheet.text(block.local, { size: 11 });
      sheet.y += 4;
      return;
    case 'big':
      sheet.text(block.text, { size: 44, weight: '600', align: 'center' });
      sheet.text(block.note, { size: 10, align: 'center' });
      sheet.y += 6;
      return;
    case 'code':
      sheet.room(CODE_HEIGHT);
      drawCode(sheet, block.content);
      sheet.aside(block.caption, CODE_SIDE);
      return;
    case 'drawings':
      drawDrawings(sheet, block.drawings);
      return;
    case 'signature':
      sheet.room(70);
      sheet.y += 34;
      sheet.text(block.name, { weight: '600', align: 'right' });
      for (const one of block.lines) sheet.text(one, { size: 8.5, color: INK.muted, align: 'right' });
      return;
    case 'labels':
      // On paper that holds no stickers they are read one after the other.
      for (const { head, title, lines, local = [], foot } of block.labels)
        for (const one of [head, title, ...lines, ...local, foot, '']) sheet.text(one);
  }
}

/** Points from the top of an item to below its eyes. */
const BESIDE_EYES = 29;

function drawItem(sheet: PaperSheet, item: PaperItem, number: number): void {
  const { pen, frame } = sheet;
  const lines = item.lines.length * 14 + (item.local?.length ?? 0) * 17 + (item.hours ? 34 : 0);
  sheet.room(Math.min(20 + lines, 160));
  const top = sheet.y;
  pen.line(`${number}.`, frame.left, top, { size: 10.5, weight: '600' });
  if (item.aside)
    pen.line(item.aside, frame.left, top, { size: 9, color: INK.muted, width: sheet.width, align: 'right' });
  if (item.eye) drawEyes(sheet, item.eye, top);
  const aside = item.aside ? pen.measure(item.aside, { size: 9 }) : 0;
  const beside = Math.max(aside, item.eye ? EYES_WIDTH : 0) + 8;
  // What stands at the right is passed before lines are as wide as the paper.
  const write = (text: string, style: Style) =>
    sheet.text(text, { ...style, inset: INSET, outset: sheet.y < top + BESIDE_EYES ? beside : 0 });
  write(item.title, { size: 10.5, weight: '600' });
  for (const one of item.lines) write(one, {});
  for (const one of item.local ?? []) write(one, { size: 11 });
  if (item.hours) drawHours(sheet, item.hours);
  sheet.y += 6;
}

const LINE = 1.45;
const TABLE_HEAD: Style = { size: 8.5, weight: '600', color: INK.muted };
const FIRST_CELL: Style = { size: 9 };
const CELL: Style = { size: 10.5, weight: '600' };

/** Nothing of a cell is cut off: it takes the lines that it needs, and its row is as high as the highest. */
function drawTable(
  sheet: PaperSheet,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const { pen, frame } = sheet;
  const step = sheet.width / Math.max(columns.length, 1);
  const width = step - 4;
  const wrapped = (cells: readonly string[], styleOf: (index: number) => Style) => {
    const texts = cells.map((cell, index) => ({
      style: styleOf(index),
      lines: pen.wrap(cell, width, styleOf(index)),
    }));
    return {
      texts,
      height: Math.max(...texts.map(({ lines, style }) => lines.length * (style.size ?? 0) * LINE)),
    };
  };
  const write = ({ texts, height }: ReturnType<typeof wrapped>) => {
    for (const [index, { lines, style }] of texts.entries())
      for (const [row, one] of lines.entries())
        pen.line(one, frame.left + index * step, sheet.y + row * (style.size ?? 0) * LINE, {
          ...style,
          width,
        });
    sheet.y += height + 2;
  };
  const head = wrapped(columns, () => TABLE_HEAD);
  const writeHead = () => {
    write(head);
    sheet.rule();
  };
  sheet.room(head.height + 30);
  writeHead();
  for (const row of rows) {
    const cells = wrapped(row, (index) => (index === 0 ? FIRST_CELL : CELL));
    if (sheet.room(cells.height + 2)) writeHead();
    write(cells);
  }
  sheet.y += 6;
}
