import 'server-only';
import type { ClientSession } from 'mongoose';
import { notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Supplier, toSupplier } from './dto';
import { supplierModel } from './model';

const MOST_SUPPLIERS = 500;

/** The find behind the list. */
export const findSuppliers = (ctx: TenantContext) =>
  supplierModel(ctx).find({}).sort({ isActive: -1, identity: 1 }).limit(MOST_SUPPLIERS);

/** All by name, those that are no longer used last. At most 500. */
export const listSuppliers = async (ctx: TenantContext): Promise<Supplier[]> =>
  (await findSuppliers(ctx).lean()).map(toSupplier);

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getSupplier(
  ctx: TenantContext,
  supplierId: string,
  session?: ClientSession,
): Promise<Supplier> {
  const row = await supplierModel(ctx)
    .findById(objectId(supplierId, 'supplier'))
    .session(session ?? null)
    .lean();
  if (!row) throw notFoundError('supplier');
  return toSupplier(row);
}
