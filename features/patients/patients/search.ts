import 'server-only';
import type { Types } from 'mongoose';
import { escapeRegExp, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { SEALED_SINCE } from '@/lib/tenancy/schema-version';
import { type PatientSummary, SUMMARY_FIELDS, toPatientSummary } from './dto';
import { type ParsedSearch, parseSearch, typedContactTexts, typedNumberTexts } from './keys';
import { patientModel } from './model';
import { birthOrderOf } from './policy';
import { hasVowel, soundOf } from './sounds';
import { contactTokens } from './tokens';

type Filter = Record<string, unknown>;

const startsWith = (text: string): RegExp => new RegExp(`^${escapeRegExp(text)}`);

/** The longest word leads: it narrows the most. */
function nameFilters(words: readonly string[]): { exact: Filter; loose: Filter[] } {
  const [first = '', second, ...rest] = [...words].sort((a, b) => b.length - a.length);
  if (second === undefined) return { exact: { nameKeys: startsWith(first) }, loose: [] };
  const others = rest.map((word) => ({ nameKeys: startsWith(word) }));
  const both = (key: RegExp): Filter =>
    others.length > 0 ? { $and: [{ nameKeys: key }, ...others] } : { nameKeys: key };
  return {
    exact: both(startsWith(`${first} ${second}`)),
    // "lak iy" for Lakshmi Iyer, and "ravi kumar" for Ravikumar
    loose: [
      both(new RegExp(`^${escapeRegExp(first)}[^ ]* ${escapeRegExp(second)}`)),
      { nameKeys: startsWith(words.join('')) },
    ],
  };
}

const SHORTEST_ALIKE = 4;

/**
 * Who is called as it was typed, however it is spelled; the last of several words may still be incomplete.
 * None for what is too short: a consonant or two are in everybody's name.
 */
function soundFilters(words: readonly string[]): Filter[] {
  const sounds = words.map(soundOf).filter(Boolean);
  const [first = '', second, ...rest] = sounds;
  if (first.length < 2 || Math.max(...words.map((word) => word.length)) < SHORTEST_ALIKE) return [];
  // Letters that nobody speaks: of them two consonants are left, which are in half of the names.
  if (first.length === 2 && !words.some(hasVowel)) return [];
  // Two plain bounds: one expression for both would be tried on every key of the index.
  if (second === undefined) return [{ soundKeys: first }, { soundKeys: startsWith(`${first} `) }];
  const others = rest.map((sound) => ({ soundKeys: startsWith(sound) }));
  const key = { soundKeys: startsWith(`${first} ${second}`) };
  return [others.length > 0 ? { $and: [key, ...others] } : key];
}

/**
 * The filters behind what was typed, each anchored so that an index bounds it; `loose` only if the others
 * find nobody, `alike` after those of the others.
 */
async function filtersOf(ctx: TenantContext, search: ParsedSearch, typed: string) {
  const name = search.words.length > 0 ? nameFilters(search.words) : null;
  const alike = soundFilters(search.words);
  const born = bornFilter(search);
  if (born) {
    const bornThen = (filter: Filter): Filter => ({ ...filter, ...born });
    return {
      filters: [bornThen(name?.exact ?? {})],
      loose: name?.loose.map(bornThen) ?? [],
      alike: alike.map(bornThen),
    };
  }
  const filters: Filter[] = [
    ...search.numbers.map((number) => ({ number })),
    ...(search.numberPrefix ? [{ number: startsWith(search.numberPrefix) }] : []),
    ...(await contactFilters(ctx, search, typed)),
    ...(name ? [name.exact] : []),
  ];
  return { filters, loose: name?.loose ?? [], alike };
}

function bornFilter({ birthDay, birthYear }: ParsedSearch): Filter | null {
  if (birthDay) return { dateOfBirth: birthDay };
  return birthYear ? { dateOfBirth: op({ $gte: `${birthYear}-01-01`, $lte: `${birthYear}-12-31` }) } : null;
}

/** Until the organization has been migrated, records of before hold digits instead of tokens. */
export const hasPlainRecords = (ctx: TenantContext): boolean => ctx.db.schemaVersion < SEALED_SINCE;

async function contactFilters(ctx: TenantContext, search: ParsedSearch, typed: string): Promise<Filter[]> {
  const texts = [...typedContactTexts(search), ...typedNumberTexts(typed)];
  const tokens = texts.length > 0 ? await contactTokens(ctx.organizationId, texts) : [];
  const plain = hasPlainRecords(ctx) ? search.phones : [];
  return [
    ...tokens.map((token) => ({ contactTokens: token })),
    ...plain.map((digits) => ({ phoneKeys: startsWith(digits) })),
  ];
}

export type FoundPatient = PatientSummary & {
  /** The number of the record that was found, where another is used in its place. */
  formerNumber: string | null;
};
type Found = { patients: FoundPatient[]; hasMore: boolean };

/** More than anybody was ever registered again; a merge of a record that has taken in others is a step. */
const MOST_STEPS = 5;

type Mergeable = { _id: Types.ObjectId; mergedInto?: { patientId: Types.ObjectId } | null };

/** For each record, by its id, the one that is used in its place: itself unless it was merged. */
export async function recordsInUse<Row extends Mergeable>(
  rows: readonly Row[],
  read: (ids: Types.ObjectId[]) => Promise<Row[]>,
): Promise<Map<string, Row>> {
  const inUse = new Map(rows.map((row) => [row._id.toString(), row]));
  for (let step = 0; step < MOST_STEPS; step++) {
    const merged = [...inUse].flatMap(([id, { mergedInto }]) =>
      mergedInto ? [[id, mergedInto.patientId] as const] : [],
    );
    if (merged.length === 0) break;
    const others = new Map(
      (await read(merged.map(([, other]) => other))).map((row) => [row._id.toString(), row]),
    );
    for (const [id, otherId] of merged) {
      const other = others.get(otherId.toString());
      if (other) inUse.set(id, other);
    }
  }
  return inUse;
}

/**
 * Who fits what was typed: at most `limit`, by name; a patient number before all others, and those who only
 * sound alike after them.
 */
export async function searchPatients(
  ctx: TenantContext,
  text: string,
  limit: number,
  activeOnly: boolean,
): Promise<Found> {
  const parsed = parseSearch(text, birthOrderOf(ctx.organization.country));
  const { filters, loose, alike } = await filtersOf(ctx, parsed, text);
  const read = (filter: Filter, most: number) =>
    patientModel(ctx)
      .find(activeOnly ? { ...filter, isActive: true } : filter)
      .limit(most)
      .select(`${SUMMARY_FIELDS} mergedInto`)
      .lean();
  const run = async (wanted: readonly Filter[]) => {
    // No sort here: it would read every match of a short prefix. The index gives them in the order of the
    // key.
    const found = (await Promise.all(wanted.map((filter) => read(filter, limit + 1)))).flat();
    const inUse = await recordsInUse(found, (ids) => read({ _id: op({ $in: ids }) }, ids.length));
    const rows = new Map<string, (typeof found)[number] & { formerNumber: string | null }>();
    for (const { _id, number } of found) {
      const row = inUse.get(_id.toString());
      if (!row || row.mergedInto) continue;
      const id = row._id.toString();
      const isSame = row._id.equals(_id);
      if (isSame || !rows.has(id)) rows.set(id, { ...row, formerNumber: isSame ? null : number });
    }
    return [...rows.values()].sort(
      (a, b) => isNumber(a) - isNumber(b) || (a.sortName < b.sortName ? -1 : a.sortName > b.sortName ? 1 : 0),
    );
  };
  const isNumber = (row: { number: string; formerNumber: string | null }) =>
    parsed.numbers.includes(row.formerNumber ?? row.number) ? 0 : 1;
  let rows = await run(filters);
  for (const filter of rows.length === 0 ? loose : []) {
    rows = await run([filter]);
    if (rows.length > 0) break;
  }
  if (alike.length > 0 && rows.length <= limit) {
    const found = new Set(rows.map(({ number }) => number));
    rows.push(...(await run(alike)).filter(({ number }) => !found.has(number)));
  }
  const patients = rows
    .slice(0, limit)
    .map((row) => ({ ...toPatientSummary(row), formerNumber: row.formerNumber }));
  return { patients, hasMore: rows.length > limit };
}
