import 'server-only';
import { minorOfPrice } from '@/features/cashier/bill-settings/policy';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import type { StoredFile } from '@/features/patients/files/dto';
import { listFiles, openStoredFile } from '@/features/patients/files/queries';
import { controlClassOf } from '@/features/pharmacy/medicines/control-classes';
import { getMedicine } from '@/features/pharmacy/medicines/queries';
import { getPharmacySettings } from '@/features/pharmacy/pharmacy-settings/queries';
import { storeOrCounter } from '@/features/pharmacy/stores/queries';
import { notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { dispenseModel } from '../dispenses/model';
import { getDispense, listShelves } from '../dispenses/queries';

/** Whether a scan of the paper has to be there, may be, or is of no interest. */
const scanOf = (scan: 'asked' | 'offered' | undefined, isAsked: boolean) =>
  scan === 'asked' && !isAsked ? 'offered' : (scan ?? null);

/**
 * What the counter must know of a medicine to sell it from a store: its price, what its class asks for, and
 * the lots that may be given, the first to expire first. @throws AppError NOT_FOUND.
 */
export async function getSaleShelf(ctx: TenantContext, medicineId: string, inStore?: string) {
  const store = await storeOrCounter(ctx, inStore);
  const [medicine, [shelf], { currency, country }, settings] = await Promise.all([
    getMedicine(ctx, medicineId),
    listShelves(ctx, [{ medicineId }], store.id),
    getBillSettings(ctx),
    getPharmacySettings(ctx),
  ]);
  const watched = controlClassOf(country, medicine.controlClass);
  return {
    medicineId,
    name: [medicine.name, medicine.strength].filter(Boolean).join(' '),
    unit: medicine.unit,
    unitMinor: minorOfPrice(medicine.priceCents, currency.code),
    classLabel: watched?.label ?? null,
    isClassSet: medicine.controlClass !== null,
    needsPaper: watched?.needsPrescription ?? false,
    needsName: watched?.hasRegister ?? false,
    scan: scanOf(watched?.scan, settings.isScanAsked),
    stopReason: medicine.isActive ? (medicine.stop?.reason ?? null) : 'it is inactive',
    inOtherStores: shelf?.inOtherStores ?? 0,
    lots: shelf?.lots ?? [],
  };
}
export type SaleShelf = Awaited<ReturnType<typeof getSaleShelf>>;

/** What was sold at one time. @throws AppError NOT_FOUND, also for what a prescription was given for. */
export async function getSale(ctx: TenantContext, dispenseId: string) {
  const { sale, billId, ...dispense } = await getDispense(ctx, dispenseId);
  if (!sale || !billId) throw notFoundError('sale');
  return { ...dispense, sale, billId };
}

const keyOf = async (ctx: TenantContext, dispenseId: string): Promise<string> => {
  const row = await dispenseModel(ctx)
    .findById(objectId(dispenseId, 'sale'))
    .select('requestKey sale')
    .lean();
  if (!row?.sale) throw notFoundError('sale');
  return row.requestKey;
};

/** Names of the papers that came before a sale, for who types it still; once it is sold they stand there. */
export async function listDraftPapers(ctx: TenantContext, saleKey: string) {
  if (await dispenseModel(ctx).exists({ requestKey: saleKey })) return [];
  const papers = await listFiles(ctx, { kind: 'sale', id: saleKey });
  return papers.map(({ id, name }) => ({ id, name })).reverse();
}

/** The papers that are kept with a sale. @throws AppError NOT_FOUND. */
export const listPapers = async (ctx: TenantContext, dispenseId: string): Promise<StoredFile[]> =>
  listFiles(ctx, { kind: 'sale', id: await keyOf(ctx, dispenseId) });

/** The content of one of them: an opening, which the log tells. @throws AppError NOT_FOUND. */
export async function openPaper(
  ctx: TenantContext,
  { dispenseId, fileId }: { dispenseId: string; fileId: string },
  options: { isMore?: boolean } = {},
) {
  return openStoredFile(ctx, fileId, { ...options, caseId: await keyOf(ctx, dispenseId) });
}
