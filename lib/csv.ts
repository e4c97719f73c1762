/**
 * What a spreadsheet begins a formula with, also in the full width of East Asian keyboards, and after what it
 * skips.
 */
const FORMULA = /^[\s\p{C}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n]/u;
/** Numbers and phone numbers begin so too. */
const NUMBER = /^\+?[\d\s().-]+$/;
/** Besides the comma: what cuts cells in other languages' spreadsheets. */
const NEEDS_QUOTES = /[",;|\t\r\n\uFF0C\uFF1B]/;

/**
 * One line of CSV (RFC 4180). A cell that a spreadsheet would read as a formula gets a leading apostrophe
 * (OWASP, CSV injection).
 */
export function csvLine(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells
    .map((cell) => {
      const text = cell === null ? '' : String(cell);
      const safe = typeof cell === 'string' && FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
      return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    })
    .join(',')}\r\n`;
}

/** What a spreadsheet of some language cuts cells with. */
const SEPARATORS = [',', ';', '\t'] as const;

/**
 * The rows of a CSV text, without empty ones: quoted cells, line breaks in them, and the separator that the
 * first line has most of. The apostrophe that `csvLine` disarms a formula with is taken off again.
 */
export function readCsv(text: string): { line: number; cells: string[] }[] {
  const body = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const first = body.slice(0, body.indexOf('\n') + 1 || undefined);
  const [separator = ','] = [...SEPARATORS].sort((a, b) => first.split(b).length - first.split(a).length);
  const rows: { line: number; cells: string[] }[] = [];
  let [cells, cell, isQuoted, line, begun]: [string[], string, boolean, number, number] = [
    [],
    '',
    false,
    1,
    1,
  ];
  const endCell = () => {
    cells.push(cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell.trim());
    cell = '';
  };
  const endRow = () => {
    endCell();
    if (cells.some((one) => one !== '')) rows.push({ line: begun, cells });
    cells = [];
    begun = line + 1;
  };
  for (let at = 0; at < body.length; at++) {
    const letter = body[at] ?? '';
    if (isQuoted && letter === '"' && body[at + 1] === '"') {
      cell += letter;
      at++;
    } else if (letter === '"' && (isQuoted || cell.trim() === '')) {
      isQuoted = !isQuoted;
      if (isQuoted) cell = '';
    } else if (!isQuoted && letter === separator) endCell();
    else if (!isQuoted && letter === '\n') endRow();
    else cell += letter;
    if (letter === '\n') line++;
  }
  endRow();
  return rows;
}

/** An answer that streams a CSV file; the byte order mark makes spreadsheets read it as UTF-8. */
export function csvResponse(fileName: string, lines: AsyncIterable<string>): Response {
  const encoder = new TextEncoder();
  const iterator = lines[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode('\uFEFF')),
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}
