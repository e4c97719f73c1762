import 'server-only';
import { TZDate } from '@date-fns/tz';
import mongoose from 'mongoose';
import { contactTextsOf } from '@/features/patients/patients/keys';
import { contactTokens } from '@/features/patients/patients/tokens';
import {
  collectionNames,
  type RawDatabase,
  readDocuments,
  readIndexes,
  writeCollection,
} from '@/lib/archive/content';
import { withFieldCipher } from '@/lib/crypto/field-cipher';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import { SCHEMA_VERSION } from '@/lib/tenancy/schema-version';
import { type Day, dayOf, shiftDay, today } from '@/lib/time';

const { BSON } = mongoose.mongo;
const EXACT = { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true } as const;
const BATCH = 500;
const DAY_MS = 24 * 60 * 60_000;

type Row = Record<string, unknown>;
type Pair = { from: string; to: string };

/** The copy counts its own days: moved on, they belong to other months. */
const ROLLUPS: readonly string[] = ['day_rollups', 'rollup_state', 'day_changes'];
/** The copy has a log and a marker of its own; contents of documents lie elsewhere, under another key. */
const isCopied = (name: string): boolean =>
  name !== '_tenant' && name !== 'files' && !name.startsWith('audit_') && !ROLLUPS.includes(name);
/** Of people, not of the day's work. */
const STAYS: ReadonlySet<string> = new Set(['dateOfBirth']);
const DAY = /(^|:)(\d{4}-\d{2}-\d{2})(?=$|:)/g;

type Clock = { days: number; timeZone: string };

/** The last day on which the template was worked in becomes today, so that a copy never looks abandoned. */
async function clockOf(from: RawDatabase, templateId: string, now: Date): Promise<Clock> {
  const { timeZone } = await organizationModel
    .findById(objectId(templateId))
    .select('timeZone')
    .orFail()
    .lean();
  const [last] = await from
    .collection<{ day: Day; startedAt: Date }>('visits')
    .find({}, { projection: { startedAt: 1 } })
    .sort({ startedAt: -1 })
    .limit(1)
    .toArray();
  if (!last) return { days: 0, timeZone };
  const apart = Date.parse(today(timeZone, now)) - Date.parse(dayOf(last.startedAt, timeZone));
  return { days: Math.max(0, Math.round(apart / DAY_MS)), timeZone };
}

/** The same hour on the later day, also where the clocks were changed between. */
function laterInstant(instant: Date, { days, timeZone }: Clock): Date {
  const there = new TZDate(instant.getTime(), timeZone);
  there.setDate(there.getDate() + days);
  return new Date(there.getTime());
}

/** Instants, and days as text or as a part of a key, moved on. Pure. */
export function movedOn(value: unknown, clock: Clock): unknown {
  if (value instanceof Date) return laterInstant(value, clock);
  if (typeof value === 'string')
    return value.replace(DAY, (_, before: string, day: Day) => `${before}${shiftDay(day, clock.days)}`);
  if (Array.isArray(value)) return value.map((one) => movedOn(one, clock));
  if (typeof value !== 'object' || value === null || '_bsontype' in value) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, STAYS.has(key) ? one : movedOn(one, clock)]),
  );
}

/** Opens with the template's key and seals with the copy's: neither can read what the other keeps. */
async function resealed(rows: readonly Row[], collection: string, pair: Pair): Promise<void> {
  const sensitive = tenantDefinitions().find((one) => one.collection === collection)?.sensitive ?? [];
  const sealed = rows.flatMap((row) =>
    sensitive.flatMap((path) => {
      const stored = row[path];
      return typeof stored === 'string' && stored ? [{ row, path, stored, id: String(row._id) }] : [];
    }),
  );
  if (sealed.length === 0) return;
  const texts = await withFieldCipher(pair.from, (cipher) =>
    sealed.map(({ path, id, stored }) => cipher.open({ collection, path, id }, stored)),
  );
  for (const [index, { row, path }] of sealed.entries()) row[path] = texts[index];
  if (collection === 'patients') {
    for (const row of rows) {
      const contacts = row as Parameters<typeof contactTextsOf>[0];
      row.contactTokens = await contactTokens(pair.to, contactTextsOf(contacts));
    }
  }
  const anew = await withFieldCipher(pair.to, (cipher) =>
    sealed.map(({ path, id }, index) => cipher.seal({ collection, path, id }, texts[index] ?? '')),
  );
  for (const [index, { row, path }] of sealed.entries()) row[path] = anew[index];
}

async function* copied(
  documents: AsyncIterable<Buffer>,
  name: string,
  pair: Pair,
  clock: Clock,
): AsyncGenerator<Buffer> {
  let batch: Row[] = [];
  async function* flush() {
    await resealed(batch, name, pair);
    for (const row of batch) yield Buffer.from(BSON.serialize(movedOn(row, clock) as Row));
    batch = [];
  }
  for await (const document of documents) {
    batch.push(BSON.deserialize(document, EXACT));
    if (batch.length >= BATCH) yield* flush();
  }
  yield* flush();
}

/**
 * Fills a database with what the template holds, under the copy's own key and as if it had been worked in
 * today.
 * @returns documents by collection.
 */
export async function copyTemplate(
  from: RawDatabase,
  to: RawDatabase,
  pair: Pair,
  onProgress: (name: string, done: number, total: number) => Promise<void>,
  now = new Date(),
): Promise<Record<string, number>> {
  const clock = await clockOf(from, pair.from, now);
  const names = (await collectionNames(from)).filter(isCopied);
  const counts: Record<string, number> = {};
  for (const [index, name] of names.entries()) {
    await onProgress(name, index, names.length);
    await writeCollection(
      to,
      name,
      copied(readDocuments(from, name), name, pair, clock),
      await readIndexes(from, name),
    );
    counts[name] = await to.collection(name).countDocuments({});
  }
  // What is not copied is there all the same, empty, with its indexes.
  for (const name of (await collectionNames(from)).filter((one) => one !== '_tenant' && !isCopied(one))) {
    await writeCollection(to, name, (async function* () {})(), await readIndexes(from, name));
  }
  await to
    .collection<{ _id: string }>('_tenant')
    .updateOne({ _id: 'self' }, { $set: { schemaVersion: SCHEMA_VERSION } });
  return counts;
}
