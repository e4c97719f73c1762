import 'server-only';
import { createHash } from 'node:crypto';
import type { ClientSession } from 'mongoose';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { batchModel, medicineModel } from '@/features/pharmacy/medicines/model';
import { insertMedicine } from '@/features/pharmacy/medicines/service/formulary';
import { lockForStock, post } from '@/features/pharmacy/medicines/service/ledger';
import { batchFor } from '@/features/pharmacy/medicines/service/stock';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError } from '@/lib/errors';
import { groupBy } from '@/lib/group-by';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import type { Store } from '../stores/dto';
import { FIRST_STORE_ID } from '../stores/policy';
import { openStore, storedIn } from '../stores/queries';
import type { ImportOpeningInput, PreviewOpeningInput } from './schema';
import {
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
  storeName: string;
  fingerprint: string;
};

const fingerprintOf = ({ rows }: OpeningPlan, storeId: string): string =>
  createHash('sha256')
    .update(JSON.stringify([storeId, rows]))
    .digest('base64url')
    .slice(0, 24);

/** Every medicine with the lots that it has had. */
async function knownMedicines(ctx: TenantContext, session: ClientSession | null): Promise<KnownMedicine[]> {
  // One after the other: a transaction takes one question at a time.
  const medicines = await medicineModel(ctx)
    .find({})
    .select('name strength form unit isActive')
    .session(session)
    .lean();
  const batches = await batchModel(ctx).find({}).select('medicineId lotNumber').session(session).lean();
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
  const store = await openStore(ctx, storeId ?? FIRST_STORE_ID, session);
  const { currency, country } = await getBillSettings(ctx);
  const plan = planOpening(sheet, await knownMedicines(ctx, session), {
    ...{ country, currency: currency.code, today: today(ctx.timeZone) },
  });
  const fingerprint = fingerprintOf(plan, store.id);
  return { ...plan, sheet, storeId: store.id, storeName: store.name, fingerprint };
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
    const store = await openStore(ctx, plan.storeId, session);
    const ofMedicine = groupBy(plan.rows, ({ identity }) => identity);
    for (const rows of ofMedicine.values()) await takeOver(ctx, session, { rows, store });
    const lots = plan.rows.flatMap(({ lot }) => lot ?? []);
    const done = {
      medicines: plan.rows.filter(({ isNew }) => isNew).length,
      lots: lots.length,
      pieces: lots.reduce((sum, { quantity }) => sum + quantity, 0),
    };
    ctx.audit?.about(`store:${store.id}`);
    noteChange<Record<string, unknown>>(ctx, null, { ...done, store: store.name }, [
      ...(['medicines', 'lots', 'pieces', 'store'] as const),
    ]);
    return done;
  });
}

async function takeOver(
  ctx: TenantContext,
  session: ClientSession,
  { rows, store }: { rows: readonly OpeningRow[]; store: Store },
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const medicineId = first.facts
    ? (await insertMedicine(ctx, session, first.facts))._id
    : objectId(first.medicineId ?? '', 'medicine');
  const lots = rows.flatMap(({ lot }) => lot ?? []);
  if (lots.length === 0) return;
  const medicine = await lockForStock(ctx, medicineId, session);
  const changes = [];
  for (const lot of lots) changes.push(await openLot(ctx, session, { lot, medicineId, store }));
  await post(ctx, session, { medicine, kind: 'opening', changes });
}

async function openLot(
  ctx: TenantContext,
  session: ClientSession,
  { lot, medicineId, store }: { lot: OpeningLot; medicineId: ReturnType<typeof objectId>; store: Store },
) {
  const { lotNumber, expiresOn, quantity, costMinor, mrpMinor } = lot;
  const batch = await batchFor(ctx, session, {
    ...{ medicineId, lotNumber, expiresOn, field: 'sheet' },
    ...(mrpMinor === null ? {} : { mrpMinor }),
  });
  return {
    ...{ batchId: batch._id, lotNumber: batch.lotNumber, quantity },
    ...(costMinor === null ? {} : { costMinor: costMinor * quantity }),
    ...storedIn(store.id),
  };
}
