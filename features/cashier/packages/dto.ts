import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { soldPackageModel } from './model';

export type SoldPackageRow = InferSchemaType<ReturnType<typeof soldPackageModel>['schema']> & {
  _id: Types.ObjectId;
};

export const toSoldPackage = (row: SoldPackageRow) => ({
  id: row._id.toString(),
  patientId: row.patientId.toString(),
  patientName: row.patient.name,
  patientNumber: row.patient.number,
  serviceId: row.serviceId.toString(),
  name: row.name,
  billId: row.billId.toString(),
  billNumber: row.billNumber,
  day: row.day,
  at: row.at.toISOString(),
  until: row.until,
  parts: row.parts.map(({ serviceId, code, name, quantity, used }) => ({
    ...{ serviceId: serviceId.toString(), code, name, quantity, used },
  })),
  isEnded: row.isEnded,
});
export type SoldPackage = ReturnType<typeof toSoldPackage>;
