/** One measured row: what, the value, the yardstick of the same run, and whether the budget is kept. */
export type Row = { what: string; value: string; against?: string; budget?: string; isKept?: boolean };

export function printRows(title: string, rows: readonly Row[]): number {
  const table = rows.map(({ what, value, against = '', budget = '', isKept }) => [
    what,
    value,
    against,
    budget,
    isKept === undefined ? '' : isKept ? 'kept' : 'NOT KEPT',
  ]);
  const head = ['what', 'measured', 'against', 'budget', ''];
  const widths = head.map((text, column) =>
    Math.max(text.length, ...table.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
  process.stdout.write(`\n${title}\n${[head, ...table].map(line).join('\n')}\n\n`);
  return rows.filter(({ isKept }) => isKept === false).length;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
export const mb = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MB`;
export const times = (value: number): string => `${value.toFixed(2)} x`;
