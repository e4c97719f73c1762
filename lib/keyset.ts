import 'server-only';
import { z } from 'zod';
import { objectId, op } from './mongo';

/** Where a page begins or ends: the value that is sorted by, and the id that parts equal values. */
const cursorShape = z.tuple([z.string().max(250), z.string().max(250)]);
export type Cursor = z.output<typeof cursorShape>;

export const encodeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** A malformed cursor means the first page. */
function decodeCursor(text: string | undefined): Cursor | null {
  if (!text) return null;
  try {
    return cursorShape.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    return null;
  }
}

type Order = {
  field: string;
  kind: 'date' | 'number' | 'text';
  idKind: 'object-id' | 'text';
  direction: 1 | -1;
};

type Paging = { after?: string | undefined; before?: string | undefined };

/**
 * What a list needs to show one page: the filter that starts it, the order to ask for, and `toPage`, which
 * turns the rows found (ask for `limit`) into the page with the cursors around it.
 */
export function keyset(order: Order, paging: Paging, pageSize: number) {
  const backwards = valuesOf(order, decodeCursor(paging.before));
  const values = backwards ?? valuesOf(order, decodeCursor(paging.after));
  const direction = backwards ? -order.direction : order.direction;
  const isUp = direction === 1;
  const beyond = (value: unknown) => op(isUp ? { $gt: value } : { $lt: value });
  // The range comes from the value alone, so that one index serves filter and order; the rest parts equal
  // values.
  // Typed as an object: the field is a variable, and the caller's own conditions stay checked.
  const filter: object = values
    ? {
        [order.field]: op(isUp ? { $gte: values.value } : { $lte: values.value }),
        $or: [{ [order.field]: beyond(values.value) }, { _id: beyond(values.id) }],
      }
    : {};
  return {
    filter,
    sort: { [order.field]: isUp ? 1 : -1, _id: isUp ? 1 : -1 } as Record<string, 1 | -1>,
    limit: pageSize + 1,
    toPage: <Row>(found: readonly Row[], cursorOf: (row: Row) => Cursor) => {
      const hasMore = found.length > pageSize;
      const rows = found.slice(0, pageSize);
      if (backwards) rows.reverse();
      const first = rows[0];
      const last = rows.at(-1);
      return {
        rows,
        before: first && (backwards ? hasMore : values) ? encodeCursor(cursorOf(first)) : null,
        after: last && (backwards || hasMore) ? encodeCursor(cursorOf(last)) : null,
      };
    },
  };
}

function valuesOf(
  order: Order,
  cursor: Cursor | null,
): { value: string | number | Date; id: unknown } | null {
  if (!cursor) return null;
  const [text, id] = cursor;
  if (order.idKind === 'object-id' && !/^[0-9a-f]{24}$/.test(id)) return null;
  const value = order.kind === 'date' ? new Date(text) : order.kind === 'number' ? Number(text) : text;
  if (typeof value !== 'string' && Number.isNaN(value.valueOf())) return null;
  return { value, id: order.idKind === 'object-id' ? objectId(id) : id };
}
