import 'server-only';
import type { ClientSession } from 'mongoose';
import { changeQueue } from '@/features/frontdesk/queue/service/queue-change';
import { printModel } from '@/features/identity/papers/model';
import { listFiles } from '@/features/patients/files/queries';
import { deleteFileRows, endRemoval, holdFiles } from '@/features/patients/files/storage';
import { findSamples } from '@/features/patients/patients/queries';
import { DRAFT_DAYS } from '@/lib/drafts/drafts';
import { draftModel } from '@/lib/drafts/model';
import { AppError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import { OBJECT_ID } from '@/lib/object-id';
import type { TenantContext } from '@/lib/tenancy/context';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import type { TenantDefinition } from '@/lib/tenancy/tenant-database';

/** What stays in the books or on the shelves, in the words of a refusal. */
export const STAYS: Readonly<Record<string, string>> = {
  bills: 'a bill',
  receipts: 'a receipt or an advance',
  claims: 'a claim',
  estimates: 'an estimate',
  settlements: 'a transfer of a payer',
  dispenses: 'medicines that were given or sold',
  medicine_returns: 'medicines that came back',
  recall_contacts: 'somebody to be told of a recalled lot',
  stock_movements: 'a movement of stock',
};
/** Never part of a patient: the log, what the database says of itself, answers to presses. */
export const APART = /^(_|audit_|request_keys$)/;

/** By collection: of which model, and the ids of its rows. */
type Found = Map<string, { definition: TenantDefinition; ids: Map<string, unknown> }>;

/**
 * Removes the sample patients and all that was written about them, in one transaction; the log stays. The
 * collections are searched before it, so that nobody waits in the queue meanwhile; in its turn only what came
 * since is looked for. The content of documents goes after it, which no transaction would bring back.
 * @returns how many patients. @throws AppError CONFLICT naming what cannot vanish; then nothing is removed.
 */
export async function removeSamples(ctx: TenantContext, now = new Date()): Promise<number> {
  const patients = (await findSamples(ctx)).map(({ _id }) => _id.toString());
  if (patients.length === 0) throw new AppError('NOT_FOUND', 'There are no sample patients.');
  const found: Found = new Map();
  await findMore(ctx, found, { ids: patients });
  const named = await findNamed(ctx, found);
  const held = await holdFiles(ctx, await documentsOf(ctx, patients));
  try {
    await changeQueue(ctx, async (session) => {
      // A copy: what a transaction has found that is run again is found again.
      const all: Found = new Map([...found].map(([name, of]) => [name, { ...of, ids: new Map(of.ids) }]));
      await findMore(ctx, all, { ids: [...patients, ...idsIn(all)], since: now, session });
      await deleteFileRows(ctx, held, patients, session);
      for (const { definition, ids } of all.values())
        await ctx.db.model(definition).deleteMany({ _id: op({ $in: [...ids.values()] }) }, { session });
      const fresh = await findNamed(ctx, all, { since: now, session });
      const drafts = [...named.drafts, ...fresh.drafts];
      const prints = [...named.prints, ...fresh.prints];
      await draftModel(ctx).deleteMany({ _id: op({ $in: drafts }) }, { session });
      await printModel(ctx).deleteMany({ _id: op({ $in: prints }) }, { session });
      ctx.audit?.about(`samples:${patients.length}`);
    });
  } finally {
    await endRemoval(ctx, held);
  }
  return patients.length;
}

const idsIn = (found: Found): string[] =>
  [...found.values()].flatMap(({ ids }) => [...ids.keys()]).filter((id) => OBJECT_ID.test(id));

/** When a draft ends that is kept now: by its end an index finds it. */
const endOfDraft = (at: Date): Date => new Date(at.getTime() + DRAFT_DAYS * 86_400_000);

/**
 * Drafts and prints bear the id of what was typed or printed in a name of their own. With `since`, those that
 * were kept and printed from then on: what came while the others were looked for.
 */
async function findNamed(
  ctx: TenantContext,
  found: Found,
  { since, session = null }: { since?: Date; session?: ClientSession | null } = {},
) {
  const named = new RegExp(`:(${idsIn(found).join('|')})(:|$)`);
  const from = since && new Date(since.getTime() - CLOCKS_DIFFER_MS);
  // In turn: one transaction takes one question at a time.
  const drafts = await draftModel(ctx)
    .find({ _id: named, ...(from ? { expiresAt: op({ $gte: endOfDraft(from) }) } : {}) })
    .select('_id')
    .session(session)
    .lean();
  const prints = await printModel(ctx)
    .find({ subject: named, ...(from ? { at: op({ $gte: from }) } : {}) })
    .select('_id')
    .session(session)
    .lean();
  return { drafts: drafts.map(({ _id }) => _id), prints: prints.map(({ _id }) => _id) };
}

async function documentsOf(ctx: TenantContext, patients: readonly string[]) {
  const kinds = ['patient', 'portrait'] as const;
  const lists = await Promise.all(
    patients.flatMap((id) => kinds.map((kind) => listFiles(ctx, { kind, id }))),
  );
  return lists.flat();
}

type Link = { path: string; isText: boolean; isIndexed: boolean };

/** Paths that name a place: nobody's record, and no sample. */
const PLACES = new Set(['branchId']);

/** The paths of a collection that name a record by its id; a sealed text names none. */
function linksOf({ schema, sensitive }: TenantDefinition): Link[] {
  const first = new Set(schema.indexes().flatMap(([keys]) => Object.keys(keys).slice(0, 1)));
  const links: Link[] = [];
  schema.eachPath((path, { instance }) => {
    if (PLACES.has(path)) return;
    if (/(^_id|Id)$/.test(path) && ['ObjectId', 'String'].includes(instance) && !sensitive.includes(path))
      links.push({ path, isText: instance === 'String', isIndexed: path === '_id' || first.has(path) });
  });
  return links;
}

/** Clocks of the servers that make ids differ by less. */
const CLOCKS_DIFFER_MS = 60_000;

/** An id begins with its second. */
const firstIdOf = (at: Date) =>
  objectId(
    Math.floor(at.getTime() / 1_000)
      .toString(16)
      .padStart(8, '0')
      .padEnd(24, '0'),
  );

/** The rows of a collection that name one of these; with `since`, without a walk through the collection. */
export function rowsOf(definition: TenantDefinition, ids: readonly string[], since?: Date) {
  const links = linksOf(definition);
  const asObjectIds = ids.map((id) => objectId(id));
  const hasOwnIds = links.some(({ path, isText }) => path === '_id' && !isText);
  const from = since && hasOwnIds && firstIdOf(new Date(since.getTime() - CLOCKS_DIFFER_MS));
  const $or = links.map(({ path, isText, isIndexed }) => ({
    [path]: op({ $in: isText ? [...ids] : asObjectIds }),
    ...(from && !isIndexed ? { _id: op({ $gte: from }) } : {}),
  }));
  return $or.length > 0 ? { $or } : null;
}

type Asked = { ids: readonly string[]; since?: Date; session?: ClientSession };

/**
 * Adds all rows that are of these records: named by their id, or by the id of a row that is. With `since`,
 * what no index finds is looked for among the rows that were made from then on.
 * @throws AppError CONFLICT where one of them stays.
 */
async function findMore(ctx: TenantContext, found: Found, { ids, since, session }: Asked): Promise<void> {
  const known = new Set(ids);
  const definitions = tenantDefinitions().filter(({ collection }) => !APART.test(collection));
  for (let fresh = [...ids]; fresh.length > 0; ) {
    const next: string[] = [];
    for (const definition of definitions) {
      const filter = rowsOf(definition, fresh, since);
      if (!filter) continue;
      const rows = await ctx.db
        .model(definition)
        .find(filter)
        .select('_id')
        .session(session ?? null)
        .lean<{ _id: unknown }[]>();
      if (rows.length === 0) continue;
      const of = found.get(definition.collection) ?? { definition, ids: new Map<string, unknown>() };
      found.set(definition.collection, of);
      for (const { _id } of rows) {
        const id = String(_id);
        of.ids.set(id, _id);
        if (known.has(id) || !OBJECT_ID.test(id)) continue;
        known.add(id);
        next.push(id);
      }
    }
    fresh = next;
  }
  const staying = [...found.keys()].flatMap((collection) => STAYS[collection] ?? []);
  if (staying.length > 0)
    throw new AppError(
      'CONFLICT',
      `Nothing was removed. Of a sample patient there is ${staying.join(', ')}: its number or amount is in your books and cannot vanish. The sample patients stay, marked as such, and can be made inactive.`,
    );
}
