import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { patientModel } from './model';

type Row = InferSchemaType<ReturnType<typeof patientModel>['schema']> & { _id: Types.ObjectId };

const fullName = ({ firstName, lastName }: { firstName: string; lastName?: string | null }): string =>
  [firstName, lastName].filter(Boolean).join(' ');

export function toPatient(row: Row) {
  return {
    id: row._id.toString(),
    number: row.number,
    firstName: row.firstName,
    lastName: row.lastName ?? '',
    name: fullName(row),
    sex: row.sex,
    dateOfBirth: row.dateOfBirth,
    isBirthEstimated: row.isBirthEstimated,
    phone: row.phone,
    alternatePhone: row.alternatePhone ?? null,
    email: row.email ?? null,
    address: row.address ?? null,
    city: row.city ?? null,
    guardianName: row.guardianName ?? null,
    notes: row.notes ?? null,
    isActive: row.isActive,
    lastVisitAt: row.lastVisitAt?.toISOString() ?? null,
    registeredAt: row.createdAt.toISOString(),
    registeredByName: row.createdByName,
    version: row.version,
  };
}
export type Patient = ReturnType<typeof toPatient>;

/** The fields that a summary needs, for `select`. */
export const SUMMARY_FIELDS =
  'number firstName lastName phone sex dateOfBirth isBirthEstimated isActive lastVisitAt createdAt sortName sequence';

type SummaryRow = Pick<
  Row,
  | '_id'
  | 'number'
  | 'firstName'
  | 'lastName'
  | 'phone'
  | 'sex'
  | 'dateOfBirth'
  | 'isBirthEstimated'
  | 'isActive'
  | 'lastVisitAt'
  | 'createdAt'
>;

/** As much of a patient as a list or a suggestion shows. */
export function toPatientSummary(row: SummaryRow) {
  return {
    id: row._id.toString(),
    number: row.number,
    name: fullName(row),
    phone: row.phone,
    sex: row.sex,
    dateOfBirth: row.dateOfBirth,
    isBirthEstimated: row.isBirthEstimated,
    isActive: row.isActive,
    lastVisitAt: row.lastVisitAt?.toISOString() ?? null,
    registeredAt: row.createdAt.toISOString(),
  };
}
export type PatientSummary = ReturnType<typeof toPatientSummary>;
