import 'server-only';
import type { ClientSession, Model, Types } from 'mongoose';
import { op } from '@/lib/mongo';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import type { TenantDatabase, TenantDefinition } from '@/lib/tenancy/tenant-database';

type Scope = { db: TenantDatabase };
type Row = { _id: unknown } & Record<string, unknown>;

/** Ids of the records of one collection. */
export type MovedRecords = { from: string; ids: unknown[] };

/** A collection whose records belong to patients, and where they say to whom. */
type Place = {
  definition: TenantDefinition;
  path: string;
  where: Record<string, string>;
  asStored: (patientId: Types.ObjectId) => unknown;
};

/** Every collection of which a patient can have records: none has to be listed. */
export function placesOfPatients(): Place[] {
  return tenantDefinitions().flatMap((definition): Place[] => {
    const { path, where } = definition.patient ?? { path: 'patientId', where: {} };
    const type = definition.schema.path(path);
    if (!type) return [];
    const asStored = (id: Types.ObjectId) => (type.instance === 'String' ? id.toString() : id);
    return [{ definition, path, where, asStored }];
  });
}

const modelOf = ({ db }: Scope, { definition }: Place) => db.model(definition) as unknown as Model<Row>;

type Between = { from: Types.ObjectId; to: Types.ObjectId };

/**
 * Gives all that belongs to one patient to another, in the transaction of a merge.
 * @param stays ids of what is left where it is, by collection
 * @returns what was moved
 */
export async function moveRecords(
  scope: Scope,
  { from, to, stays = [] }: Between & { stays?: readonly MovedRecords[] },
  session: ClientSession,
): Promise<MovedRecords[]> {
  const moved: MovedRecords[] = [];
  for (const place of placesOfPatients()) {
    const { collection } = place.definition;
    const left = new Set(stays.find((one) => one.from === collection)?.ids.map(String));
    const rows = await findOf(scope, place, from, session);
    const doubles = rows.length > 0 ? await doublesOf(scope, place, { rows, to }, session) : new Set();
    const ids = rows.map(({ _id }) => _id).filter((id) => !left.has(String(id)) && !doubles.has(id));
    if (ids.length === 0) continue;
    await give(scope, place, { from, to, ids }, session);
    moved.push({ from: collection, ids });
  }
  return moved;
}

/** Gives what was moved back, as far as it still is where it was moved to. */
export async function moveBack(
  scope: Scope,
  { from, to, moved }: Between & { moved: readonly MovedRecords[] },
  session: ClientSession,
): Promise<void> {
  const places = new Map(placesOfPatients().map((place) => [place.definition.collection, place]));
  for (const { from: collection, ids } of moved) {
    const place = places.get(collection);
    if (place) await give(scope, place, { from, to, ids }, session);
  }
}

/** How many records of each kind a patient has. */
export async function countRecords(scope: Scope, patientId: Types.ObjectId) {
  return Promise.all(
    placesOfPatients().map(async (place) => {
      const { path, where, asStored, definition } = place;
      const count = await modelOf(scope, place).countDocuments({ ...where, [path]: asStored(patientId) });
      return { from: definition.collection, count };
    }),
  );
}

const findOf = (scope: Scope, place: Place, patientId: Types.ObjectId, session: ClientSession) =>
  modelOf(scope, place)
    .find({ ...place.where, [place.path]: place.asStored(patientId) })
    .select(['_id', ...singleFields(place)].join(' '))
    .session(session)
    .lean<Row[]>();

async function give(
  scope: Scope,
  place: Place,
  { from, to, ids }: Between & { ids: readonly unknown[] },
  session: ClientSession,
): Promise<void> {
  const { path, asStored } = place;
  await modelOf(scope, place).updateMany(
    { _id: op({ $in: [...ids] }), [path]: asStored(from) },
    { $set: { [path]: asStored(to) } },
    // What never changes hands otherwise does so here.
    { session, timestamps: false, overwriteImmutable: true },
  );
}

/** What a patient can have only once for, such as a recall of a lot. */
const singleFields = ({ definition, path }: Place): string[] =>
  definition.schema
    .indexes()
    .flatMap(([fields, { unique } = {}]) =>
      unique && path in fields ? Object.keys(fields).filter((field) => field !== path) : [],
    );

async function doublesOf(
  scope: Scope,
  place: Place,
  { rows, to }: { rows: readonly Row[]; to: Types.ObjectId },
  session: ClientSession,
): Promise<ReadonlySet<unknown>> {
  const fields = singleFields(place);
  if (fields.length === 0) return new Set();
  const keyOf = (row: Row) => fields.map((field) => String(row[field])).join('|');
  const taken = new Set((await findOf(scope, place, to, session)).map(keyOf));
  return new Set(rows.filter((row) => taken.has(keyOf(row))).map(({ _id }) => _id));
}
