import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { patientModel } from './model';

type Row = InferSchemaType<ReturnType<typeof patientModel>['schema']> & { _id: Types.ObjectId };

export function toPatient(row: Row) {
  return {
    id: row._id.toString(),
    number: row.number,
    firstName: row.firstName,
    lastName: row.lastName,
    name: `${row.firstName} ${row.lastName}`,
    sex: row.sex,
    dateOfBirth: row.dateOfBirth,
    isBirthEstimated: row.isBirthEstimated,
    phone: row.phone,
    email: row.email ?? null,
    address: row.address ?? null,
    city: row.city ?? null,
    guardianName: row.guardianName ?? null,
    notes: row.notes ?? null,
    lastVisitAt: row.lastVisitAt?.toISOString() ?? null,
    registeredAt: row.createdAt.toISOString(),
    version: row.version,
  };
}
export type Patient = ReturnType<typeof toPatient>;

/** As much of a patient as a list or a suggestion shows. */
export function toPatientSummary(row: Pick<Row, '_id' | 'number' | 'firstName' | 'lastName' | 'phone' | 'sex' | 'dateOfBirth'>) {
  return {
    id: row._id.toString(),
    number: row.number,
    name: `${row.firstName} ${row.lastName}`,
    phone: row.phone,
    sex: row.sex,
    dateOfBirth: row.dateOfBirth,
  };
}
export type PatientSummary = ReturnType<typeof toPatientSummary>;
