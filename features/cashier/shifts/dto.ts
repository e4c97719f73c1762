import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { shiftModel } from './model';
import type { DrawerMethod } from './policy';

type Row = InferSchemaType<ReturnType<typeof shiftModel>['schema']> & { _id: Types.ObjectId };

const totalsOf = ({ cash, card, upi, transfer, cheque }: Row['totals']): Record<DrawerMethod, number> => ({
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
  receivedMinor: row.receivedMinor ?? 0,
  /** Its drawer has been counted for a colleague, who has not answered yet. */
  handoverId: row.handoverId?.toString() ?? null,
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
        handed: row.handedToName ? { toName: row.handedToName, minor: row.handedMinor ?? 0 } : null,
        totals: totalsOf(row.totals),
      }
    : null,
});
export type Shift = ReturnType<typeof toShift>;
