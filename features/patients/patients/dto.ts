import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { patientModel } from './model';
import { flagsOf } from './policy';

type Row = InferSchemaType<ReturnType<typeof patientModel>['schema']> & { _id: Types.ObjectId };

type OtherRecord = { patientId: Types.ObjectId; number: string };
const otherRecord = ({ patientId, number }: OtherRecord) => ({ id: patientId.toString(), number });

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
    namePrefix: row.namePrefix ?? null,
    /** Empty where there is none; then `noPhoneReason` says why. */
    phone: row.phone ?? '',
    noPhoneReason: row.noPhoneReason ?? null,
    alternatePhone: row.alternatePhone ?? null,
    email: row.email ?? null,
    address: row.address ?? null,
    village: row.village ?? null,
    city: row.city ?? null,
    district: row.district ?? null,
    region: row.region ?? null,
    postalCode: row.postalCode ?? null,
    guardianName: row.guardianName ?? null,
    guardianRelation: row.guardianRelation ?? null,
    guardianPhone: row.guardianPhone ?? null,
    bloodGroup: row.bloodGroup ?? null,
    occupation: row.occupation ?? null,
    spokenLanguage: row.spokenLanguage ?? null,
    otherNumbers: row.otherNumbers ?? null,
    referredBy: row.referredBy ?? null,
    abhaNumber: row.abhaNumber ?? null,
    abhaAddress: row.abhaAddress ?? null,
    flags: flagsOf(row.flags),
    notes: row.notes ?? null,
    deceasedOn: row.deceasedOn ?? null,
    isActive: row.isActive,
    /** The record to use in place of this one. */
    mergedInto: row.mergedInto ? otherRecord(row.mergedInto) : null,
    /** Records that are used no more because this one is. */
    merged: (row.merged ?? []).map(otherRecord),
    lastVisitAt: row.lastVisitAt?.toISOString() ?? null,
    /** When the doctor wants them back, and the day of the visit that said so. */
    askedBack: row.reviewDay && row.reviewFrom ? { day: row.reviewDay, from: row.reviewFrom } : null,
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
    phone: row.phone ?? '',
    sex: row.sex,
    dateOfBirth: row.dateOfBirth,
    isBirthEstimated: row.isBirthEstimated,
    isActive: row.isActive,
    lastVisitAt: row.lastVisitAt?.toISOString() ?? null,
    registeredAt: row.createdAt.toISOString(),
  };
}
export type PatientSummary = ReturnType<typeof toPatientSummary>;
