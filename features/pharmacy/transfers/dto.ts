import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { transferModel } from './model';

type Row = InferSchemaType<ReturnType<typeof transferModel>['schema']> & { _id: Types.ObjectId };

export const toTransfer = (row: Row) => ({
  id: row._id.toString(),
  number: row.number,
  fromId: row.fromId.toString(),
  fromName: row.fromName,
  toId: row.toId.toString(),
  toName: row.toName,
  note: row.note ?? null,
  lines: row.lines.map((line) => ({
    medicineId: line.medicineId.toString(),
    batchId: line.batchId.toString(),
    name: line.name,
    unit: line.unit,
    lotNumber: line.lotNumber,
    expiresOn: line.expiresOn,
    sent: line.sent,
    received: line.received,
    lost: line.lost,
    back: line.back,
  })),
  arrivals: row.arrivals.map(({ at, byName, text, reason }) => ({
    at: at.toISOString(),
    byName,
    text,
    reason: reason ?? null,
  })),
  state: row.state,
  version: row.version,
  byName: row.byName,
  at: row.at.toISOString(),
});
export type Transfer = ReturnType<typeof toTransfer>;
