import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { cache } from 'react';
import { recordOpening } from '@/lib/audit/opening';
import { noteShown } from '@/lib/audit/shown';
import { AppError, notFoundError } from '@/lib/errors';
import { keyset } from '@/lib/keyset';
import { escapeRegExp, objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { lastNumber } from '@/lib/tenancy/counters';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { today } from '@/lib/time';
import { dayRange } from '@/lib/wall-clock';
import { type Patient, type PatientSummary, SUMMARY_FIELDS, toPatient, toPatientSummary } from './dto';
import { nameKeysOf, phoneKeyOf, phoneTextOf, wordsOf } from './keys';
import { patientModel } from './model';
import { MOST_SAMPLES } from './policy';
import type { PatientListQuery } from './schema';
import { type FoundPatient, hasPlainRecords, recordsInUse, searchPatients } from './search';
import { contactTokens } from './tokens';

const PAGE_SIZE = 25;
const MOST_FOUND = 50;
const EXPORT_STEP = 1_000;

/** The counter that numbers patients. */
export const PATIENT_COUNTER = 'patients';

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getPatient(ctx: TenantContext, patientId: string): Promise<Patient> {
  const row = await patientModel(ctx).findById(objectId(patientId, 'patient')).lean();
  if (!row) throw notFoundError('patient');
  return toPatient(row);
}

/** For the pages that show a chart: opening one is an event of the audit log. @throws AppError NOT_FOUND. */
export async function openPatient(ctx: TenantContext, patientId: string, now = new Date()): Promise<Patient> {
  const patient = await getPatient(ctx, patientId);
  await recordOpening(ctx, 'patient.open', `patient:${patient.id}`, now);
  return patient;
}

/**
 * For what is about to be written under a patient.
 * @throws AppError NOT_FOUND; CONFLICT for a record in whose place another is used.
 */
export async function getPatientInUse(ctx: TenantContext, patientId: string): Promise<Patient> {
  const patient = await getPatient(ctx, patientId);
  if (patient.mergedInto) throw mergedError(patient.mergedInto.number);
  return patient;
}

/**
 * The same in the transaction that writes.
 * @throws AppError NOT_FOUND; CONFLICT for a record in whose place another is used.
 */
export async function assertInUse(
  ctx: TenantContext,
  _id: Types.ObjectId,
  session: ClientSession,
): Promise<void> {
  const row = await patientModel(ctx).findById(_id).select('mergedInto').session(session).lean();
  if (!row) throw notFoundError('patient');
  if (row.mergedInto) throw mergedError(row.mergedInto.number);
}

const mergedError = (number: string): AppError =>
  new AppError('CONFLICT', `This record was merged into ${number}. Open ${number}, and write it there.`);

type Filter = Record<string, unknown>;

/**
 * Suggestions for a search box: at most `limit`, by name, those who only sound alike last; patients who are
 * no longer active are left out.
 */
export async function findPatients(ctx: TenantContext, text: string, limit = 10): Promise<FoundPatient[]> {
  return shown(ctx, (await searchPatients(ctx, text, limit, true)).patients);
}

export type PatientPage = {
  patients: FoundPatient[];
  after: string | null;
  before: string | null;
  /** A search that fits more people than are shown. */
  hasMore: boolean;
};

/**
 * A page of the list, 25 patients by keyset: the work does not grow with the pages before it. With `q` the
 * first 50 who fit, by name.
 */
export async function listPatients(ctx: TenantContext, query: PatientListQuery): Promise<PatientPage> {
  if (query.q) {
    const { patients, hasMore } = await searchPatients(ctx, query.q, MOST_FOUND, false);
    return { patients: await shown(ctx, patients), hasMore, after: null, before: null };
  }
  const read = query.sort.endsWith('name') ? pageByName : pageBySequence;
  const { rows, after, before } = await read(ctx, query, query.sort.startsWith('-') ? -1 : 1);
  const patients = rows.map((row) => ({ ...toPatientSummary(row), formerNumber: null }));
  return { patients: await shown(ctx, patients), after, before, hasMore: false };
}

async function shown(ctx: TenantContext, patients: FoundPatient[]): Promise<FoundPatient[]> {
  await noteShown(
    ctx,
    patients.map(({ id }) => id),
  );
  return patients;
}

type PageArgs = Pick<PatientListQuery, 'after' | 'before'>;
/** Records that are used: one that was merged into another is found by a search, as that other. */
const inUse = { mergedInto: null };

async function pageByName(ctx: TenantContext, args: PageArgs, direction: 1 | -1) {
  const order = { field: 'sortName', kind: 'text', idKind: 'object-id', direction } as const;
  const page = keyset(order, args, PAGE_SIZE);
  const rows = await patientModel(ctx)
    .find({ ...page.filter, ...inUse })
    .sort(page.sort)
    .limit(page.limit)
    .select(SUMMARY_FIELDS)
    .lean();
  return page.toPage(rows, (row) => [row.sortName, row._id.toString()]);
}

async function pageBySequence(ctx: TenantContext, args: PageArgs, direction: 1 | -1) {
  const page = keyset({ by: [['sequence', 'number']], direction }, args, PAGE_SIZE);
  const { isUp } = page;
  const from = page.start ? Number(page.start[0]) : isUp ? -MOST_SAMPLES : (await countPatients(ctx)) + 1;
  const find = (range: Record<string, number>) =>
    patientModel(ctx)
      .find({ sequence: op(range), ...inUse })
      .sort(page.sort)
      .limit(page.limit)
      .select(SUMMARY_FIELDS)
      .lean();
  // Numbers have next to no gaps, so a narrow window holds a page; where it does not, the whole range is
  // asked.
  const width = PAGE_SIZE * 3;
  let rows = await find(isUp ? { $gt: from, $lte: from + width } : { $lt: from, $gte: from - width });
  if (rows.length <= PAGE_SIZE) rows = await find(isUp ? { $gt: from } : { $lt: from });
  return page.toPage(rows, (row) => [String(row.sequence)]);
}

export type Duplicate = PatientSummary & {
  reason: string;
  /** Worth a question before registering; the others only share a phone, as families do. */
  isLikely: boolean;
};

type Person = { firstName: string; lastName: string; phone: string; dateOfBirth: string };

/**
 * Patients who may be the same person: the same phone, or the same birth and a name in common. At most five.
 */
export async function findDuplicates(
  ctx: TenantContext,
  person: Person,
  exceptId?: string,
): Promise<Duplicate[]> {
  const firstNames = tellingOf(wordsOf(person.firstName));
  const names = wordsOf(person.firstName, person.lastName);
  const [wholeName] = nameKeysOf(person.firstName, person.lastName);
  const phoneKey = phoneKeyOf(person.phone);
  const phoneText = phoneTextOf(person.phone);
  const [phoneToken] = phoneText ? await contactTokens(ctx.organizationId, [phoneText]) : [];
  const find = (filter: Filter) =>
    patientModel(ctx)
      .find(filter)
      .limit(20)
      .select(`${SUMMARY_FIELDS} contactTokens phoneKeys mergedInto`)
      .lean();
  const born = person.dateOfBirth && names.length > 0 ? { dateOfBirth: person.dateOfBirth } : null;
  const found = await Promise.all([
    phoneToken ? find({ contactTokens: phoneToken }) : [],
    phoneToken && hasPlainRecords(ctx) ? find({ phoneKeys: phoneKey }) : [],
    // The whole name first: of one family name there may be more than are read.
    born && wholeName ? find({ ...born, nameKeys: wholeName }) : [],
    born
      ? find({
          ...born,
          nameKeys: op({ $in: tellingOf(names).map((word) => new RegExp(`^${escapeRegExp(word)}(?: |$)`)) }),
        })
      : [],
  ]);
  const rows = new Map(found.flat().map((row) => [row._id.toString(), row]));
  const used = await recordsInUse([...rows.values()], (ids) => find({ _id: op({ $in: ids }) }));
  const duplicates = [...rows.values()].flatMap((row): Duplicate[] => {
    const shown = used.get(row._id.toString()) ?? row;
    if (shown.mergedInto || shown._id.toString() === exceptId) return [];
    const theirs = wordsOf(row.firstName, row.lastName);
    const isNamedAlike =
      theirs.some((word) => firstNames.includes(word)) ||
      (theirs.length === names.length && theirs.every((word) => names.includes(word)));
    const isBornAlike = row.dateOfBirth === person.dateOfBirth;
    const hasPhone =
      phoneToken && (row.contactTokens?.includes(phoneToken) || row.phoneKeys?.includes(phoneKey));
    const same = [
      ...(hasPhone ? ['phone'] : []),
      ...(isNamedAlike
        ? ['name']
        : theirs.some((word) => tellingOf(names).includes(word))
          ? ['family name']
          : []),
      ...(isBornAlike ? ['birth date'] : []),
    ];
    const one = {
      ...toPatientSummary(shown),
      reason: `Same ${same.length > 1 ? `${same.slice(0, -1).join(', ')} and ${same.at(-1)}` : same[0]}`,
      // A family name and an estimated age are shared by half a village.
      isLikely: isNamedAlike || (isBornAlike && !row.isBirthEstimated && same.length > 1),
    };
    return [one];
  });
  // Of a record and one that it has taken in, what says more.
  const byId = new Map<string, Duplicate>();
  for (const one of duplicates) if (!byId.get(one.id)?.isLikely) byId.set(one.id, one);
  return [...byId.values()]
    .filter(({ isLikely, reason }) => isLikely || reason.startsWith('Same phone'))
    .sort((a, b) => Number(b.isLikely) - Number(a.isLikely))
    .slice(0, 5);
}

/** Words that tell somebody; of initials alone all are as good as none. */
const tellingOf = (words: readonly string[]): string[] => words.filter((word) => [...word].length > 1);

const MOST_NAMESAKES = 5;

/** Others whose names are made of the same words: at most five. */
export async function findNamesakes(ctx: TenantContext, patient: Patient): Promise<PatientSummary[]> {
  const [key] = nameKeysOf(patient.firstName, patient.lastName);
  if (!key?.includes(' ')) return [];
  const rows = await patientModel(ctx)
    .find({ nameKeys: key, isActive: true, ...inUse })
    .limit(MOST_NAMESAKES + 1)
    .select(SUMMARY_FIELDS)
    .lean();
  return rows.map(toPatientSummary).filter(({ id }) => id !== patient.id);
}

/**
 * How many were registered: the last number that was given, for nobody is ever removed (one that a failed
 * write took counts too).
 * One read, however many there are; not every server knows the size of a collection without counting it.
 */
export const countPatients = cache((ctx: TenantContext): Promise<number> => lastNumber(ctx, PATIENT_COUNTER));

/** The sample patients, with when they were made: none in a hospital that has removed them. */
export const findSamples = (scope: { db: TenantDatabase }) =>
  patientModel(scope)
    .find({ sequence: op({ $lt: 0 }) })
    .sort({ sequence: -1 })
    .limit(MOST_SAMPLES)
    .select('createdAt')
    .lean();

/**
 * How many were registered in a span of time, at all branches or one; samples, whose place is below zero, are
 * in no figure.
 */
export const countRegistered = (
  scope: { db: TenantDatabase },
  { start, end }: { start: Date; end: Date },
  at: { branchId?: Types.ObjectId | null } = {},
): Promise<number> =>
  patientModel(scope)
    .countDocuments({ createdAt: op({ $gte: start, $lt: end }), sequence: op({ $gt: 0 }), ...at })
    .exec();

/** How many were registered today, in the organization's time zone. */
export const countRegisteredToday = (ctx: TenantContext, now = new Date()): Promise<number> =>
  countRegistered(ctx, dayRange(today(ctx.timeZone, now), ctx.timeZone));

/**
 * Every patient in the order of registration, read in steps: an export holds no more than one step in memory.
 */
export async function* eachPatient(ctx: TenantContext): AsyncGenerator<Patient> {
  const last = await lastNumber(ctx, PATIENT_COUNTER);
  for (let from = 0; from <= last; from += EXPORT_STEP) {
    const rows = await patientModel(ctx)
      .find({ sequence: op({ $gt: from, $lte: from + EXPORT_STEP }) })
      .sort({ sequence: 1 })
      .lean();
    for (const row of rows) yield toPatient(row);
  }
}
