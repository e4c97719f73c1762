import 'server-only';
import { z } from 'zod';
import { notFoundError } from '@/lib/errors';
import { escapeRegExp, objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { dayRange, today } from '@/lib/time';
import { type PatientSummary, type Patient, toPatient, toPatientSummary } from './dto';
import { nameKeysOf, parseSearch, phoneKeyOf } from './keys';
import { patientModel } from './model';
import type { PatientListQuery } from './schema';

const PAGE_SIZE = 25;
const SUMMARY = 'number firstName lastName phone sex dateOfBirth lastVisitAt createdAt sortName';

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getPatient(ctx: TenantContext, patientId: string): Promise<Patient> {
  const row = await patientModel(ctx).findById(objectId(patientId, 'patient')).lean();
  if (!row) throw notFoundError('patient');
  return toPatient(row);
}

const prefix = (text: string): RegExp => new RegExp(`^${escapeRegExp(text)}`);

/** The filter behind what was typed; every part is anchored, so that an index bounds it. */
function filterOf(text: string) {
  const search = parseSearch(text);
  switch (search.kind) {
    case 'none':
      return {};
    case 'number':
      return { number: search.number };
    case 'phone':
      return { phoneKey: prefix(search.digits) };
    case 'name':
      return search.words.length === 1
        ? { nameKeys: prefix(search.words[0] ?? '') }
        : { $and: search.words.map((word) => ({ nameKeys: prefix(word) })) };
  }
}

/** Suggestions for a search box: at most `limit`, by name. */
export async function findPatients(ctx: TenantContext, text: string, limit = 10): Promise<PatientSummary[]> {
  if (parseSearch(text).kind === 'none') return [];
  const rows = await patientModel(ctx)
    .find(filterOf(text))
    .sort({ sortName: 1, _id: 1 })
    .limit(limit)
    .select(SUMMARY)
    .lean();
  return rows.map(toPatientSummary);
}

export type PatientRow = PatientSummary & { lastVisitAt: string | null; registeredAt: string };
export type PatientPage = { patients: PatientRow[]; after: string | null; before: string | null };

const cursorShape = z.tuple([z.string().max(200), z.string().regex(/^[0-9a-f]{24}$/)]);

function readCursor(text: string | undefined): [string, string] | null {
  if (!text) return null;
  try {
    return cursorShape.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    return null;
  }
}

/** A page of the list, 25 patients, by keyset: the work does not grow with the pages before it. */
export async function listPatients(ctx: TenantContext, query: PatientListQuery): Promise<PatientPage> {
  const byName = query.sort.endsWith('name');
  const field = byName ? 'sortName' : 'createdAt';
  const backwards = readCursor(query.before);
  const cursor = backwards ?? readCursor(query.after);
  const isAscending = query.sort.startsWith('-') === Boolean(backwards);
  const order = isAscending ? 1 : -1;
  const filter: Record<string, unknown>[] = [filterOf(query.q)];
  if (cursor) {
    const value = byName ? cursor[0] : new Date(cursor[0]);
    const beyond = isAscending ? '$gt' : '$lt';
    filter.push({
      $or: [
        { [field]: op({ [beyond]: value }) },
        { [field]: value, _id: op({ [beyond]: objectId(cursor[1], 'patient') }) },
      ],
    });
  }
  const rows = await patientModel(ctx)
    .find({ $and: filter })
    .sort({ [field]: order, _id: order })
    .limit(PAGE_SIZE + 1)
    .select(SUMMARY)
    .lean();
  const hasMore = rows.length > PAGE_SIZE;
  const page = rows.slice(0, PAGE_SIZE);
  if (backwards) page.reverse();
  const cursorOf = (row: (typeof page)[number] | undefined): string | null =>
    row ? Buffer.from(JSON.stringify([byName ? row.sortName : row.createdAt.toISOString(), row._id.toString()])).toString('base64url') : null;
  return {
    patients: page.map((row) => ({
      ...toPatientSummary(row),
      lastVisitAt: row.lastVisitAt?.toISOString() ?? null,
      registeredAt: row.createdAt.toISOString(),
    })),
    after: hasMore || backwards ? cursorOf(page.at(-1)) : null,
    before: (backwards ? hasMore : Boolean(cursor)) ? cursorOf(page[0]) : null,
  };
}

/** Patients who may be the same person: the same phone, or the same birth and a name in common. At most five. */
export async function findDuplicates(
  ctx: TenantContext,
  person: { firstName: string; lastName: string; phone: string; dateOfBirth: string },
): Promise<PatientSummary[]> {
  const names = nameKeysOf(person.firstName, person.lastName);
  const rows = await patientModel(ctx)
    .find({
      $or: [{ phoneKey: phoneKeyOf(person.phone) }, { dateOfBirth: person.dateOfBirth, nameKeys: op({ $in: names }) }],
    })
    .limit(20)
    .select(`${SUMMARY} nameKeys phoneKey`)
    .lean();
  // Families share a phone: there a part of the first name must fit too.
  const firstNames = nameKeysOf(person.firstName);
  return rows
    .filter((row) => row.dateOfBirth === person.dateOfBirth || row.nameKeys.some((key) => firstNames.includes(key)))
    .slice(0, 5)
    .map(toPatientSummary);
}

/** How many there are, by the collection's own count. */
export async function countPatients(ctx: TenantContext): Promise<number> {
  return patientModel(ctx).estimatedDocumentCount();
}

/** How many were registered today, in the organization's time zone. */
export async function countRegisteredToday(ctx: TenantContext, now = new Date()): Promise<number> {
  const { start, end } = dayRange(today(ctx.timeZone, now), ctx.timeZone);
  return patientModel(ctx).countDocuments({ createdAt: op({ $gte: start, $lt: end }) });
}

/** Every patient in small batches, newest first, for an export. */
export async function* eachPatient(ctx: TenantContext): AsyncGenerator<Patient> {
  const cursor = patientModel(ctx).find().sort({ createdAt: -1, _id: -1 }).batchSize(500).lean().cursor();
  for await (const row of cursor) yield toPatient(row);
}
