import 'server-only';
import type { z } from 'zod';

/** A place in a list, for the address. */
export const writeCursor = (value: readonly unknown[]): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

/** Null for anything that is not a cursor of this shape: addresses come from people. */
export function readCursor<T>(shape: z.ZodType<T>, text: string | undefined): T | null {
  if (!text) return null;
  try {
    return shape.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    return null;
  }
}

export type Page<Row> = { rows: Row[]; after: string | null; before: string | null };

/** Cuts a page out of `size + 1` rows that were read in the direction of the cursor. */
export function toPage<Row>(
  found: readonly Row[],
  size: number,
  from: { isBackwards: boolean; isFirst: boolean },
  cursorOf: (row: Row) => readonly unknown[],
): Page<Row> {
  const hasMore = found.length > size;
  const rows = found.slice(0, size);
  if (from.isBackwards) rows.reverse();
  const first = rows[0];
  const last = rows.at(-1);
  return {
    rows,
    after: last && (hasMore || from.isBackwards) ? writeCursor(cursorOf(last)) : null,
    before: first && (from.isBackwards ? hasMore : !from.isFirst) ? writeCursor(cursorOf(first)) : null,
  };
}
