import 'server-only';
import type { ClientSession } from 'mongoose';
import { changeQueue } from '@/features/frontdesk/queue/service/queue-change';
import { printModel } from '@/features/identity/papers/model';
import { listFiles } from '@/features/patients/files/queries';
import { deleteFile } from '@/features/patients/files/service';
import { findSamples } from '@/features/patients/patients/queries';
import { withEntry } from '@/lib/audit/audited';
import { settleStaff } from '@/lib/audit/notes';
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
  settlements: 'a transfer of a payer',
  dispenses: 'medicines that were given or sold',
  medicine_returns: 'medicines that came back',
  recall_contacts: 'somebody to be told of a recalled lot',
  stock_movements: 'a movement of stock',
};
/** Never part of a patient: the log, what the database says of itself, answers to presses. */
const APART = /^(_|audit_|request_keys$)/;

type Found = Map<string, { definition: TenantDefinition; ids: unknown[] }>;

/**
 * Removes the sample patients and all that was written about them, in one transaction; the log stays.
 * @returns how many patients. @throws AppError CONFLICT naming what cannot vanish; then nothing is removed.
 */
export async function removeSamples(ctx: TenantContext): Promise<number> {
  const patients = (await findSamples(ctx)).map(({ _id }) => _id.toString());
  if (patients.length === 0) throw new AppError('NOT_FOUND', 'There are no sample patients.');
  // Asked before documents are deleted, whose content no transaction brings back.
  await findAll(ctx, patients);
  await deleteDocuments(ctx, patients);
  await changeQueue(ctx, async (session) => {
    const found = await findAll(ctx, patients, session);
    const gone: string[] = [];
    for (const { definition, ids } of found.values()) {
      await ctx.db.model(definition).deleteMany({ _id: op({ $in: ids }) }, { session });
      gone.push(...ids.map(String));
    }
    // Their names hold the id of what was typed, or printed.
    const named = new RegExp(`:(${gone.filter((id) => OBJECT_ID.test(id)).join('|')})(:|$)`);
    await draftModel(ctx).deleteMany({ _id: named }, { session });
    await printModel(ctx).deleteMany({ subject: named }, { session });
    ctx.audit?.about(`samples:${patients.length}`);
  });
  return patients.length;
}

/** The paths of a collection that name a record by its id; a sealed text names none. */
function linksOf({ schema, sensitive }: TenantDefinition): { path: string; isText: boolean }[] {
  const links: { path: string; isText: boolean }[] = [];
  schema.eachPath((path, { instance }) => {
    if (/(^_id|Id)$/.test(path) && ['ObjectId', 'String'].includes(instance) && !sensitive.includes(path))
      links.push({ path, isText: instance === 'String' });
  });
  return links;
}

/**
 * All rows that are of these patients: named by their id, or by the id of a row that is.
 * @throws AppError CONFLICT where one of them stays.
 */
async function findAll(
  ctx: TenantContext,
  patients: readonly string[],
  session: ClientSession | null = null,
): Promise<Found> {
  const found: Found = new Map();
  const known = new Set(patients);
  const definitions = tenantDefinitions().filter(({ collection }) => !APART.test(collection));
  for (let fresh = [...patients]; fresh.length > 0; ) {
    const next: string[] = [];
    for (const definition of definitions) {
      for (const { path, isText } of linksOf(definition)) {
        const $in = isText ? fresh : fresh.map((id) => objectId(id));
        const rows = await ctx.db
          .model(definition)
          .find({ [path]: op({ $in }) })
          .select('_id')
          .session(session)
          .lean<{ _id: unknown }[]>();
        for (const { _id } of rows) {
          const of = found.get(definition.collection) ?? { definition, ids: [] };
          found.set(definition.collection, of);
          if (of.ids.some((id) => String(id) === String(_id))) continue;
          of.ids.push(_id);
          const id = String(_id);
          if (known.has(id) || !OBJECT_ID.test(id)) continue;
          known.add(id);
          next.push(id);
        }
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
  return found;
}

/** Documents and photos, with their content and the storage that they take. */
async function deleteDocuments(ctx: TenantContext, patients: readonly string[]): Promise<void> {
  for (const id of patients)
    for (const kind of ['patient', 'portrait'] as const)
      for (const file of await listFiles(ctx, { kind, id })) {
        const withRemoval = withEntry(ctx, 'file.delete');
        withRemoval.audit.about(`file:${file.id}`);
        await deleteFile(withRemoval, file.id);
        await settleStaff(withRemoval, withRemoval.audit);
      }
}
