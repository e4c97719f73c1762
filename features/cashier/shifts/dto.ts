import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { shiftModel } from './model';
import type { MoneyMethod } from './policy';

type Row = InferSchemaType<ReturnType<typeof shiftModel>['schema']> & { _id: Types.ObjectId };

const totalsOf = ({ cash, card, upi, transfer, cheque }: Row['totals']): Record<MoneyMethod, number> => ({
  cash,
  card,
  upi,
  transfer,
  cheque,
});

/** A shift without what its drawer should hold, until it is counted. */
export const toShift = (row: Row) => ({
  id: row._id.toString(),
  cashierId: row.cashierId,
  cashierName: row.cashierName,
  day: row.day,
  status: row.status,
  openedAt: row.openedAt.toISOString(),
  floatMinor: row.floatMinor,
  receipts: row.receipts,
  closed: row.closedAt
    ? {
        at: row.closedAt.toISOString(),
        byName: row.closedByName ?? '',
        isByOther: row.closedById !== undefined && row.closedById !== row.cashierId,
        count: (row.count ?? []).map(({ kind, faceMinor, pieces }) => ({ kind, faceMinor, pieces })),
        countedMinor: row.countedMinor ?? 0,
        expectedMinor: row.expectedMinor ?? 0,
        differenceMinor: row.differenceMinor ?? 0,
        reason: row.reason ?? null,
        totals: totalsOf(row.totals),
      }
    : null,
});
export type Shift = ReturnType<typeof toShift>;
