import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { orderModel } from './model';

export type OrderRow = InferSchemaType<ReturnType<typeof orderModel>['schema']> & { _id: Types.ObjectId };

export const toAskedOrder = (row: OrderRow) => ({
  id: row._id.toString(),
  visitId: row.visitId.toString(),
  patientId: row.patientId.toString(),
  patientName: row.patient.name,
  patientNumber: row.patient.number,
  doctorName: row.doctorName ?? null,
  day: row.day,
  kind: row.kind,
  what: row.what,
  side: row.side,
  urgency: row.urgency,
  status: row.status,
  isAsked: row.isAsked,
  done: row.doneAt
    ? {
        ...{ at: row.doneAt.toISOString(), byName: row.doneByName ?? '', isPriced: row.isPriced ?? false },
        billNumber: row.billNumber ?? null,
      }
    : null,
});
export type AskedOrder = ReturnType<typeof toAskedOrder>;
