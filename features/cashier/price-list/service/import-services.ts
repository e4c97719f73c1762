import 'server-only';
import { createHash } from 'node:crypto';
import type { ClientSession } from 'mongoose';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, today } from '@/lib/time';
import { getBillSettings } from '../../bill-settings/queries';
import { fixCurrency } from '../../bill-settings/service';
import { serviceModel } from '../model';
import { listPriced } from '../queries';
import type { ImportPricesInput, PreviewPricesInput } from '../schema';
import { type ImportPlan, type PlannedRow, planImport } from '../spreadsheet';
import { writePrice } from './prices';
import { sortNameOf } from './services';

/** What was shown, by which what is applied is held to it. */
export type Preview = ImportPlan & PreviewPricesInput & { fingerprint: string };

const fingerprintOf = ({ rows }: ImportPlan): string =>
  createHash('sha256').update(JSON.stringify(rows)).digest('base64url').slice(0, 24);

/** What a spreadsheet would change in the price list from a day on. Nothing is written. */
export async function previewImport(
  ctx: TenantContext,
  { sheet, from }: PreviewPricesInput,
): Promise<Preview> {
  const [{ currency, country }, active, inactive] = await Promise.all([
    getBillSettings(ctx),
    listPriced(ctx, from, { branchId: null }),
    listPriced(ctx, from, { isActive: false, branchId: null }),
  ]);
  const plan = planImport(sheet, [...active, ...inactive], { country, currency: currency.code });
  return { ...plan, sheet, from, fingerprint: fingerprintOf(plan) };
}

export type Imported = { added: number; changed: number; priced: number };

/**
 * Does what the preview has shown, all of it or nothing. Prices are ended and added; bills keep what they
 * say.
 * @throws AppError INVALID_INPUT for a day that has passed or a row with a mistake, CONFLICT when the list
 * has changed since the preview.
 */
export async function importServices(ctx: TenantContext, input: ImportPricesInput): Promise<Imported> {
  if (input.from < today(ctx.timeZone))
    throw new AppError('INVALID_INPUT', 'Prices begin today or later.', { field: 'from' });
  await fixCurrency(ctx, ctx.organization.country);
  return auditedWrite(ctx, async (session) => {
    const { rows, problems, fingerprint } = await previewImport(ctx, input);
    if (problems[0])
      throw new AppError('INVALID_INPUT', `Line ${problems[0].line}: ${problems[0].sentence}`, {
        field: 'sheet',
      });
    if (fingerprint !== input.fingerprint)
      throw new AppError('CONFLICT', 'The list has changed since the preview. Look at it again.');
    if (rows.length === 0) throw new AppError('CONFLICT', 'This changes nothing.');
    for (const row of rows) await importRow(ctx, row, input.from, session);
    const imported = {
      added: rows.filter(({ serviceId }) => serviceId === null).length,
      changed: rows.filter(({ serviceId, isChanged }) => serviceId !== null && isChanged).length,
      priced: rows.filter(({ price }) => price !== null).length,
    };
    noteChange<Record<string, unknown>>(ctx, null, { ...imported, from: input.from }, [
      ...(['added', 'changed', 'priced', 'from'] as const),
    ]);
    return imported;
  });
}

async function importRow(
  ctx: TenantContext,
  row: PlannedRow,
  from: Day,
  session: ClientSession,
): Promise<void> {
  const { code, name, group, taxClass, consultation, price } = row;
  const _id = row.serviceId ? objectId(row.serviceId, 'service') : newObjectId();
  const facts = {
    ...{ name, group, taxClass, sortName: sortNameOf(name) },
    ...(consultation ? { consultation } : {}),
  };
  if (!row.serviceId) await serviceModel(ctx).create([{ _id, code, ...facts, isActive: true }], { session });
  else if (row.isChanged) await serviceModel(ctx).updateOne({ _id }, { $set: facts }, { session });
  if (price) await writePrice(ctx, _id, { ...price, from }, session);
}
