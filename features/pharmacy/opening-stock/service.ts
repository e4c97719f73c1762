import 'server-only';
import { createHash } from 'node:crypto';
import type { ClientSession, Types } from 'mongoose';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { batchModel, medicineModel } from '@/features/pharmacy/medicines/model';
import { insertMedicine } from '@/features/pharmacy/medicines/service/formulary';
import { lockForStock, post } from '@/features/pharmacy/medicines/service/ledger';
import { batchFor } from '@/features/pharmacy/medicines/service/stock';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError } from '@/lib/errors';
import { groupBy } from '@/lib/group-by';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { FIRST_STORE_ID } from '../stores/policy';
import { listOpenStores, openStore, storedIn } from '../stores/queries';
import { storeToFill } from '../stores/service';
import type { ImportOpeningInput, PreviewOpeningInput } from './schema';
import {
  identitiesIn,
  type KnownMedicine,
  type OpeningLot,
  type OpeningPlan,
  type OpeningRow,
  planOpening,
} from './spreadsheet';

/** What was shown, by which what is applied is held to it. */
export type OpeningPreview = OpeningPlan & {
  sheet: string;
  storeId: string;
  /** Those that lots come into. */
  storeNames: string[];
  fingerprint: string;
};

const fingerprintOf = ({ rows }: OpeningPlan, storeId: string): string =>
  createHash('sha256')
    .update(JSON.stringify([storeId, rows]))
    .digest('base64url')
    .slice(0, 24);

/** The finds behind the medicines that a sheet names, and behind the lots that they have had. */
export const findNamed = (ctx: TenantContext, identities: readonly string[]) =>
  medicineModel(ctx)
    .find({ identity: op({ $in: [...identities] }) })
    .select('name strength form unit isActive');
export const findLotsOf = (ctx: TenantContext, medicineIds: readonly Types.ObjectId[]) =>
  batchModel(ctx)
    .find({ medicineId: op({ $in: [...medicineIds] }) })
    .select('medicineId lotNumber');

async function knownMedicines(
  ctx: TenantContext,
  sheet: string,
  session: ClientSession | null,
): Promise<KnownMedicine[]> {
  // One after the other: a transaction takes one question at a time.
  const medicines = await findNamed(ctx, identitiesIn(sheet)).session(session).lean();
  const batches = await findLotsOf(
    ctx,
    medicines.map(({ _id }) => _id),
  )
    .session(session)
    .lean();
  const lots = groupBy(batches, ({ medicineId }) => medicineId.toString());
  return medicines.map(({ _id, name, strength, form, unit, isActive }) => ({
    ...{ id: _id.toString(), name, strength: strength ?? null, form, unit, isActive },
    lots: (lots.get(_id.toString()) ?? []).map(({ lotNumber }) => lotNumber),
  }));
}

/** What a spreadsheet would bring into a store. Nothing is written. @throws AppError NOT_FOUND, CONFLICT. */
export async function previewOpening(
  ctx: TenantContext,
  { sheet, storeId }: PreviewOpeningInput,
  session: ClientSession | null = null,
): Promise<OpeningPreview> {
  const stores = await listOpenStores(ctx, session);
  const into = storeId ?? FIRST_STORE_ID;
  // Of one that is closed or not there, `openStore` says which.
  const store = stores.find(({ id }) => id === into) ?? (await openStore(ctx, into, session));
  const { currency, country } = await getBillSettings(ctx);
  const plan = planOpening(sheet, await knownMedicines(ctx, sheet, session), {
    ...{ country, currency: currency.code, today: today(ctx.timeZone), stores, store },
  });
  const fingerprint = fingerprintOf(plan, store.id);
  const names = new Set(plan.rows.flatMap(({ lot, storeName }) => (lot ? storeName : [])));
  return { ...plan, sheet, storeId: store.id, storeNames: [...names], fingerprint };
}

/**
 * Takes over what the preview has shown, all of it or nothing. A lot that is in the ledger is refused, so
 * that the same sheet is never taken over twice.
 * @throws AppError INVALID_INPUT for a row with a mistake, CONFLICT when something has changed since.
 */
export async function importOpening(
  ctx: TenantContext,
  { fingerprint, ...input }: ImportOpeningInput,
): Promise<{ medicines: number; lots: number; pieces: number }> {
  return auditedWrite(ctx, async (session) => {
    const plan = await previewOpening(ctx, input, session);
    const [mistake] = plan.problems;
    if (mistake)
      throw new AppError('INVALID_INPUT', `Line ${mistake.line}: ${mistake.sentence}`, { field: 'sheet' });
    if (fingerprint !== plan.fingerprint)
      throw new AppError('CONFLICT', 'The stock has changed since the preview. Look at it again.');
    if (plan.rows.length === 0) throw new AppError('CONFLICT', 'This changes nothing.');
    for (const storeId of new Set(plan.rows.map((row) => row.storeId)))
      await storeToFill(ctx, storeId, session);
    const ofMedicine = groupBy(plan.rows, ({ identity }) => identity);
    for (const rows of ofMedicine.values()) await takeOver(ctx, session, rows);
    const lots = plan.rows.flatMap(({ lot }) => lot ?? []);
    const done = {
      medicines: plan.rows.filter(({ isNew }) => isNew).length,
      lots: lots.length,
      pieces: lots.reduce((sum, { quantity }) => sum + quantity, 0),
    };
    ctx.audit?.about(`store:${plan.storeId}`);
    noteChange<Record<string, unknown>>(ctx, null, { ...done, store: plan.storeNames.join(', ') }, [
      ...(['medicines', 'lots', 'pieces', 'store'] as const),
    ]);
    return done;
  });
}

async function takeOver(
  ctx: TenantContext,
  session: ClientSession,
  rows: readonly OpeningRow[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const medicineId = first.facts
    ? (await insertMedicine(ctx, session, first.facts))._id
    : objectId(first.medicineId ?? '', 'medicine');
  const lots = rows.flatMap(({ lot, storeId }) => (lot ? [{ lot, storeId }] : []));
  if (lots.length === 0) return;
  const medicine = await lockForStock(ctx, medicineId, session);
  const changes = [];
  for (const one of lots) changes.push(await openLot(ctx, session, { ...one, medicineId }));
  await post(ctx, session, { medicine, kind: 'opening', changes });
}

async function openLot(
  ctx: TenantContext,
  session: ClientSession,
  { lot, medicineId, storeId }: { lot: OpeningLot; medicineId: Types.ObjectId; storeId: string },
) {
  const { lotNumber, expiresOn, quantity, costMinor, mrpMinor } = lot;
  const batch = await batchFor(ctx, session, {
    ...{ medicineId, lotNumber, expiresOn, field: 'sheet' },
    ...(mrpMinor === null ? {} : { mrpMinor }),
  });
  return {
    ...{ batchId: batch._id, lotNumber: batch.lotNumber, quantity },
    ...(costMinor === null ? {} : { costMinor: costMinor * quantity }),
    ...storedIn(storeId),
  };
}
