import 'server-only';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { nextNumber } from '../counters/service';
import { type Patient, type PatientSummary, toPatient } from './dto';
import { nameKeysOf, patientNumberOf, phoneKeyOf } from './keys';
import { patientModel } from './model';
import { findDuplicates } from './queries';
import type { RegisterPatientInput, UpdatePatientInput } from './schema';

type Person = Omit<RegisterPatientInput, 'allowDuplicate'>;

function factsOf(person: Person) {
  const { firstName, lastName, phone, sex, dateOfBirth, isBirthEstimated } = person;
  return {
    firstName,
    lastName,
    phone,
    sex,
    dateOfBirth,
    isBirthEstimated,
    nameKeys: nameKeysOf(firstName, lastName),
    sortName: nameKeysOf(lastName, firstName).join(' '),
    phoneKey: phoneKeyOf(phone),
  };
}

const OPTIONAL = ['email', 'address', 'city', 'guardianName', 'notes'] as const;

export type Registration = { kind: 'registered'; patient: Patient } | { kind: 'duplicates'; duplicates: PatientSummary[] };

/**
 * Registers a patient under the next number. Possible duplicates are answered instead, once: with `allowDuplicate`
 * the receptionist has looked and decided.
 */
export async function registerPatient(ctx: TenantContext, input: RegisterPatientInput): Promise<Registration> {
  if (!input.allowDuplicate) {
    const duplicates = await findDuplicates(ctx, input);
    if (duplicates.length > 0) return { kind: 'duplicates', duplicates };
  }
  const number = patientNumberOf(await nextNumber(ctx, 'patients'));
  const given = Object.fromEntries(OPTIONAL.flatMap((key) => (input[key] ? [[key, input[key]]] : [])));
  const patient = await patientModel(ctx).create({
    number,
    ...factsOf(input),
    ...given,
    createdById: ctx.actor.kind === 'staff' ? ctx.actor.userId : 'system',
  });
  return { kind: 'registered', patient: toPatient(patient.toObject()) };
}

/** @throws AppError CONFLICT when somebody else has saved the patient since it was opened. */
export async function updatePatient(ctx: TenantContext, input: UpdatePatientInput): Promise<Patient> {
  const patients = patientModel(ctx);
  const _id = objectId(input.patientId, 'patient');
  const set = Object.fromEntries(OPTIONAL.flatMap((key) => (input[key] ? [[key, input[key]]] : [])));
  const unset = Object.fromEntries(OPTIONAL.flatMap((key) => (input[key] ? [] : [[key, '']])));
  const row = await patients
    .findOneAndUpdate(
      { _id, version: input.version },
      { $set: { ...factsOf(input), ...set }, $unset: unset, $inc: { version: 1 } },
      { returnDocument: 'after' },
    )
    .lean();
  if (row) return toPatient(row);
  if (!(await patients.exists({ _id }))) throw notFoundError('patient');
  throw new AppError('CONFLICT', 'A colleague has changed this patient meanwhile. Open the patient again to see the change, then repeat yours.');
}
