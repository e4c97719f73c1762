import 'server-only';
import type { ClientSession } from 'mongoose';
import { notePatient } from '@/features/patients/notes/patient';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import { storedAt } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { nextNumber } from '@/lib/tenancy/counters';
import { type Day, today } from '@/lib/time';
import { enqueue, wakeWorker } from '@/lib/work/queue';
import { type Patient, toPatient } from './dto';
import { contactTextsOf, nameKeysOf, patientNumberOf, sortNameOf } from './keys';
import { patientModel } from './model';
import { birthProblem } from './policy';
import { type Duplicate, findDuplicates, PATIENT_COUNTER } from './queries';
import {
  AUDITED_FIELDS,
  DEATH_FIELDS,
  OPTIONAL_FIELDS,
  type RecordDeathInput,
  type RegisterPatientInput,
  type UndoDeathInput,
  type UpdatePatientInput,
} from './schema';
import { soundKeysOf } from './sounds';
import { contactTokens } from './tokens';

export type Person = Omit<RegisterPatientInput, 'allowDuplicate'>;

async function factsOf(ctx: TenantContext, person: Person) {
  const { firstName, lastName, sex, dateOfBirth, isBirthEstimated } = person;
  const problem = birthProblem(dateOfBirth, today(ctx.timeZone));
  if (problem) throw new AppError('INVALID_INPUT', problem, { field: 'dateOfBirth' });
  return {
    firstName,
    lastName,
    sex,
    dateOfBirth,
    isBirthEstimated,
    nameKeys: nameKeysOf(firstName, lastName),
    soundKeys: soundKeysOf(firstName, lastName),
    sortName: sortNameOf(firstName, lastName),
    contactTokens: await contactTokens(ctx.organizationId, contactTextsOf(person)),
  };
}

const givenOf = (person: Person) =>
  Object.fromEntries(OPTIONAL_FIELDS.flatMap((key) => (person[key] ? [[key, person[key]]] : [])));

/** What is written for a person who is known already: what is there, and what is not. */
export async function writesOf(ctx: TenantContext, person: Person) {
  const missing = OPTIONAL_FIELDS.filter((key) => !person[key]);
  return {
    set: { ...(await factsOf(ctx, person)), ...givenOf(person), updatedByName: ctx.actor.name },
    unset: Object.fromEntries(['phoneKeys' as const, ...missing].map((key) => [key, ''])),
  };
}

export type Registration =
  | { kind: 'registered'; patient: Patient }
  | { kind: 'duplicates'; duplicates: Duplicate[] };

/**
 * Registers a patient under the next number. Likely duplicates are answered instead, once: with
 * `allowDuplicate` the receptionist has looked and decided.
 */
export async function registerPatient(
  ctx: TenantContext,
  input: RegisterPatientInput,
): Promise<Registration> {
  const facts = await factsOf(ctx, input);
  if (!input.allowDuplicate) {
    const duplicates = (await findDuplicates(ctx, { ...input, phone: input.phone ?? '' })).filter(
      ({ isLikely }) => isLikely,
    );
    if (duplicates.length > 0) return { kind: 'duplicates', duplicates };
  }
  const sequence = await nextNumber(ctx, PATIENT_COUNTER);
  const row = {
    _id: newObjectId(),
    number: patientNumberOf(sequence),
    sequence,
    ...facts,
    ...givenOf(input),
    ...storedAt(ctx.branch),
    createdById: ctx.actor.kind === 'staff' ? ctx.actor.userId : 'system',
    createdByName: ctx.actor.name,
  };
  const patient = await auditedWrite(ctx, async (session) => {
    await patientModel(ctx).create([row], { session });
    ctx.audit?.about(`patient:${row._id}`);
    return patientModel(ctx).findById(row._id).session(session).orFail().lean();
  });
  return { kind: 'registered', patient: toPatient(patient) };
}

/** @throws AppError CONFLICT when somebody else has saved the patient since it was opened. */
export async function updatePatient(ctx: TenantContext, input: UpdatePatientInput): Promise<Patient> {
  const patients = patientModel(ctx);
  const _id = objectId(input.patientId, 'patient');
  const { set, unset } = await writesOf(ctx, input);
  const changed = await auditedWrite(
    ctx,
    async (session) => {
      const before = await patients.findOne({ _id, version: input.version }).session(session).lean();
      const row = await patients
        .findOneAndUpdate(
          { _id, version: input.version },
          { $set: set, $unset: unset, $inc: { version: 1 } },
          { returnDocument: 'after', session },
        )
        .lean();
      if (!row || !before) return null;
      const is = toPatient(row);
      noteChange(ctx, toPatient(before), is, AUDITED_FIELDS);
      return is;
    },
    { isChange: (patient) => patient !== null },
  );
  if (changed) {
    // What is booked and who waits bears the name too.
    await enqueue('patient.renamed', changed.id, { organizationId: ctx.organizationId });
    wakeWorker();
    return changed;
  }
  const now = await patients.findById(_id).select('updatedByName').lean();
  if (!now) throw notFoundError('patient');
  throw new AppError(
    'CONFLICT',
    `${now.updatedByName ?? 'A colleague'} has changed this patient meanwhile. Nothing was overwritten, and what you typed is still here.`,
  );
}

/**
 * An inactive patient is no longer offered for appointments and check-in; the record and its history stay.
 */
export async function setPatientActive(
  ctx: TenantContext,
  patientId: string,
  isActive: boolean,
): Promise<Patient> {
  const _id = objectId(patientId, 'patient');
  return auditedWrite(ctx, async (session) => {
    const row = await patientModel(ctx)
      .findByIdAndUpdate(
        _id,
        { $set: { isActive, updatedByName: ctx.actor.name }, $inc: { version: 1 } },
        { returnDocument: 'after', session },
      )
      .lean();
    if (!row) throw notFoundError('patient');
    await notePatient(ctx, _id, session);
    noteChange(ctx, { isActive: !isActive }, { isActive }, ['isActive']);
    return toPatient(row);
  });
}

/**
 * Notes a death. The record is inactive from then on, so nobody books, checks in or is asked back, and who
 * waits is not called any more; what is booked already stays to be cancelled by people.
 */
export async function recordDeath(
  ctx: TenantContext,
  { patientId, deceasedOn }: RecordDeathInput,
): Promise<Patient> {
  const patient = await setDeath(ctx, patientId, deceasedOn);
  await enqueue('patient.died', patient.id, { organizationId: ctx.organizationId });
  wakeWorker();
  return patient;
}

/** Takes back a death that was noted by mistake: the record is active again. */
export const undoDeath = (ctx: TenantContext, { patientId }: UndoDeathInput): Promise<Patient> =>
  setDeath(ctx, patientId, null);

async function setDeath(ctx: TenantContext, patientId: string, deceasedOn: Day | null): Promise<Patient> {
  const _id = objectId(patientId, 'patient');
  if (deceasedOn && deceasedOn > today(ctx.timeZone))
    throw new AppError('INVALID_INPUT', 'The date cannot be in the future.', { field: 'deceasedOn' });
  return auditedWrite(ctx, async (session) => {
    const before = await patientModel(ctx).findById(_id).session(session).lean();
    if (!before) throw notFoundError('patient');
    if (deceasedOn && deceasedOn < before.dateOfBirth)
      throw new AppError('INVALID_INPUT', 'The date cannot be before the birth.', { field: 'deceasedOn' });
    const change = deceasedOn
      ? { $set: { deceasedOn, isActive: false, updatedByName: ctx.actor.name } }
      : { $set: { isActive: true, updatedByName: ctx.actor.name }, $unset: { deceasedOn: '' } };
    const row = await patientModel(ctx)
      .findByIdAndUpdate(_id, { ...change, $inc: { version: 1 } }, { returnDocument: 'after', session })
      .orFail()
      .lean();
    await notePatient(ctx, _id, session);
    const is = toPatient(row);
    noteChange(ctx, toPatient(before), is, DEATH_FIELDS);
    return is;
  });
}

/** The patient was here: called by the check-in, inside its transaction. No edit, so the version stays. */
export async function recordLastVisit(
  ctx: TenantContext,
  patientId: string,
  at: Date,
  session?: ClientSession,
): Promise<void> {
  await patientModel(ctx).updateOne(
    { _id: objectId(patientId, 'patient') },
    { $max: { lastVisitAt: at } },
    { timestamps: false, ...(session ? { session } : {}) },
  );
}
