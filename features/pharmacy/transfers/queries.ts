import 'server-only';
import { batchModel, medicineModel } from '@/features/pharmacy/medicines/model';
import { FIRST_STORE_ID, piecesIn } from '@/features/pharmacy/stores/policy';
import { notFoundError } from '@/lib/errors';
import { keyset } from '@/lib/keyset';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Transfer, toTransfer } from './dto';
import { transferModel } from './model';
import type { TransfersQuery } from './schema';

const PAGE_SIZE = 25;

/** The find behind a page of the list; apart from it so that a test can ask how it is answered. */
export function findTransfers(ctx: TenantContext, query: TransfersQuery) {
  const order = { field: 'at', kind: 'date', idKind: 'object-id', direction: -1 } as const;
  const page = keyset(order, query, PAGE_SIZE);
  const find = transferModel(ctx)
    .find({ ...(query.show === 'open' ? { isOpen: true } : {}), ...page.filter })
    .sort(page.sort)
    .limit(page.limit);
  return { page, find };
}

/** Transfers, newest first; 25 a page. */
export async function listTransfers(ctx: TenantContext, query: TransfersQuery) {
  const { page, find } = findTransfers(ctx, query);
  const { rows, before, after } = page.toPage(await find.lean(), (row) => [
    row.at.toISOString(),
    row._id.toString(),
  ]);
  return { transfers: rows.map(toTransfer), before, after };
}

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getTransfer(ctx: TenantContext, transferId: string): Promise<Transfer> {
  const row = await transferModel(ctx).findById(objectId(transferId, 'transfer')).lean();
  if (!row) throw notFoundError('transfer');
  return toTransfer(row);
}

/** The find behind what a store has: all of it, as stocktakes go by it too. */
export const findLotsIn = (ctx: TenantContext, storeId: string) =>
  batchModel(ctx)
    .find(
      storeId === FIRST_STORE_ID ? { hasStock: true } : { 'elsewhere.storeId': objectId(storeId, 'store') },
    )
    .select('medicineId lotNumber expiresOn quantity elsewhere hold');

/** What stands in a store, lot by lot: by name, and what expires first before the others. */
export async function listLotsIn(ctx: TenantContext, storeId: string) {
  const lots = (await findLotsIn(ctx, storeId).lean()).filter((lot) => piecesIn(lot, storeId) > 0);
  const medicines = await medicineModel(ctx)
    .find({ _id: op({ $in: lots.map(({ medicineId }) => medicineId) }) })
    .select('name strength unit sortName form')
    .lean();
  const byId = new Map(medicines.map((medicine) => [medicine._id.toString(), medicine]));
  return lots
    .map((lot) => {
      const medicine = byId.get(lot.medicineId.toString());
      return {
        batchId: lot._id.toString(),
        medicineId: lot.medicineId.toString(),
        name: [medicine?.name, medicine?.strength].filter(Boolean).join(' '),
        sortName: medicine?.sortName ?? '',
        form: medicine?.form ?? ('other' as const),
        unit: medicine?.unit ?? '',
        lotNumber: lot.lotNumber,
        expiresOn: lot.expiresOn,
        quantity: piecesIn(lot, storeId),
        isHeld: Boolean(lot.hold),
      };
    })
    .sort((a, b) => a.sortName.localeCompare(b.sortName) || a.expiresOn.localeCompare(b.expiresOn));
}
export type LotInStore = Awaited<ReturnType<typeof listLotsIn>>[number];
