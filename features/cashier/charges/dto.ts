import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { chargeModel } from './model';
import { isWalkIn } from './policy';

export type ChargeRow = InferSchemaType<ReturnType<typeof chargeModel>['schema']> & { _id: Types.ObjectId };

export const toCharge = (row: ChargeRow) => ({
  id: row._id.toString(),
  source: row.source,
  patientId: row.patientId.toString(),
  patientName: row.patient.name,
  patientNumber: row.patient.number,
  isWalkIn: isWalkIn(row.patient.number),
  visitId: row.visitId?.toString() ?? null,
  doctorName: row.doctorName ?? null,
  day: row.day,
  at: row.at.toISOString(),
  serviceId: row.serviceId?.toString() ?? null,
  medicineId: row.medicineId?.toString() ?? null,
  code: row.code,
  name: row.name,
  group: row.group,
  taxClass: row.taxClass,
  consultation: row.consultation ?? null,
  quantity: row.quantity,
  unitMinor: row.unitMinor ?? null,
  isInclusive: row.isInclusive,
  isFree: row.isFree,
  lots: row.lots?.map(({ lotNumber, expiresOn }) => ({ lotNumber, expiresOn })) ?? [],
  licences: row.licences ?? null,
  status: row.status,
  billId: row.billId?.toString() ?? null,
  packageId: row.packageId?.toString() ?? null,
  toCreditQuantity: row.toCreditQuantity,
  isToCredit: row.isToCredit,
});
export type Charge = ReturnType<typeof toCharge>;
