import 'server-only';
import { z } from 'zod';
import { objectId, op } from './mongo';
import { OBJECT_ID } from './object-id';

/** Where a page begins or ends: the values that are sorted by, the last of which no two rows share. */
export type Cursor = readonly string[];
const cursorShape = z.array(z.string().max(300)).min(1).max(4);

export const encodeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** Cursors come from the address, where people can write anything: a malformed one means the first page. */
export function decodeCursor(text: string | undefined): Cursor | null {
  if (!text) return null;
  try {
    return cursorShape.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    return null;
  }
}

type Kind = 'date' | 'number' | 'text' | 'object-id';
type Value = string | number | Date | ReturnType<typeof objectId>;

type Fields = readonly (readonly [field: string, kind: Kind])[];
type Order = { direction: 1 | -1 } & (
  | { field: string; kind: 'date' | 'number' | 'text'; idKind: 'object-id' | 'text' }
  /** The fields in the order of an index; no two rows may have all values in common. */
  | { by: Fields }
);

const fieldsOf = (order: Order): Fields =>
  'by' in order
    ? order.by
    : [
        [order.field, order.kind],
        ['_id', order.idKind],
      ];

type Paging = { after?: string | undefined; before?: string | undefined };

/**
 * What a list needs to show one page: the filter that starts it, the order to ask for, and `toPage`, which
 * turns the rows found (ask for `limit`) into the page with the cursors around it.
 */
export function keyset(order: Order, paging: Paging, pageSize: number) {
  const fields = fieldsOf(order);
  const backwards = valuesOf(fields, decodeCursor(paging.before));
  const start = backwards ?? valuesOf(fields, decodeCursor(paging.after));
  const isUp = (backwards ? -order.direction : order.direction) === 1;
  const sort: Record<string, 1 | -1> = {};
  for (const [field] of fields) sort[field] = isUp ? 1 : -1;
  return {
    filter: start ? beyond(fields, start, isUp) : {},
    sort,
    limit: pageSize + 1,
    /** For lists that bound the first field more narrowly than `filter` does. */
    start,
    isUp,
    toPage: <Row>(found: readonly Row[], cursorOf: (row: Row) => Cursor) => {
      const hasMore = found.length > pageSize;
      const rows = found.slice(0, pageSize);
      if (backwards) rows.reverse();
      const first = rows[0];
      const last = rows.at(-1);
      return {
        rows,
        before: first && (backwards ? hasMore : start) ? encodeCursor(cursorOf(first)) : null,
        after: last && (backwards || hasMore) ? encodeCursor(cursorOf(last)) : null,
      };
    },
  };
}

/**
 * The rows past a place. The range comes from the first field alone, so that one index serves filter and
 * order; the alternatives separate rows with equal values. Typed as an object: the fields are variables, and
 * the caller's own conditions stay checked.
 */
function beyond(by: Fields, values: readonly Value[], isUp: boolean): object {
  const [first] = by;
  if (!first) return {};
  const past = (at: number) => op(isUp ? { $gt: values[at] } : { $lt: values[at] });
  return {
    [first[0]]: op(isUp ? { $gte: values[0] } : { $lte: values[0] }),
    $or: by.map(([field], at) => ({
      // Equal to the first value is implied by the range when none is past it.
      ...Object.fromEntries(by.slice(1, at).map(([equal], index) => [equal, values[index + 1]])),
      ...(at > 1 ? { [first[0]]: values[0] } : {}),
      [field]: past(at),
    })),
  };
}

function valuesOf(by: Fields, cursor: Cursor | null): Value[] | null {
  if (cursor?.length !== by.length) return null;
  const values = by.map(([, kind], at) => readValue(kind, cursor[at] ?? ''));
  return values.every((value) => value !== null) ? values : null;
}

function readValue(kind: Kind, text: string): Value | null {
  if (kind === 'text') return text;
  if (kind === 'object-id') return OBJECT_ID.test(text) ? objectId(text) : null;
  const value = kind === 'date' ? new Date(text) : Number(text);
  return text === '' || Number.isNaN(value.valueOf()) ? null : value;
}
