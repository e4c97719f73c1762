import 'server-only';
import type { ClientSession } from 'mongoose';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { minorIn } from '@/features/cashier/bill-settings/service';
import { medicineModel } from '@/features/pharmacy/medicines/model';
import { getSupplier } from '@/features/pharmacy/suppliers/queries';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { nextNumber } from '@/lib/tenancy/counters';
import { type PurchaseOrder, toPurchaseOrder } from '../dto';
import { purchaseOrderModel } from '../model';
import type { AddOrderInput, UpdateOrderInput } from '../schema';

const AUDITED = ['number', 'supplierName', 'lines', 'note'] as const;

/** Writes a draft of an order; the same press that arrives twice happens once. @throws AppError NOT_FOUND. */
export async function addOrder(
  ctx: TenantContext,
  input: AddOrderInput,
  now = new Date(),
): Promise<PurchaseOrder> {
  const { requestKey } = input;
  const find = () => purchaseOrderModel(ctx).findOne({ requestKey }).lean();
  const same = await find();
  if (same) return toPurchaseOrder(same);
  const _id = newObjectId();
  try {
    return await auditedWrite(ctx, async (session) => {
      const row = {
        ...{ _id, requestKey, ...(await factsOf(ctx, session, input)), status: 'draft' as const, version: 0 },
        byUserId: ctx.actor.kind === 'staff' ? ctx.actor.userId : 'system',
        byName: ctx.actor.name,
        at: now,
        number: `PO-${String(await nextNumber(ctx, 'purchase-orders', session)).padStart(6, '0')}`,
      };
      await purchaseOrderModel(ctx).create([row], { session });
      ctx.audit?.about(`purchase-order:${_id}`);
      noteChange<Record<string, unknown>>(ctx, null, row, AUDITED);
      return toPurchaseOrder(await purchaseOrderModel(ctx).findById(_id).session(session).orFail().lean());
    });
  } catch (error) {
    const first = duplicateKey(error) ? await find() : null;
    if (first) return toPurchaseOrder(first);
    throw error;
  }
}

/**
 * Changes a draft.
 * @throws AppError NOT_FOUND, CONFLICT once it is approved, or when a colleague has changed it meanwhile.
 */
export async function updateOrder(ctx: TenantContext, input: UpdateOrderInput): Promise<PurchaseOrder> {
  const _id = objectId(input.orderId, 'order');
  return auditedWrite(ctx, async (session) => {
    const before = await purchaseOrderModel(ctx).findById(_id).session(session).lean();
    if (!before) throw notFoundError('order');
    assertDraft(before, input.version);
    const { note, ...facts } = await factsOf(ctx, session, input);
    const row = await purchaseOrderModel(ctx)
      .findOneAndUpdate(
        { _id },
        {
          $set: { ...facts, ...(note ? { note } : {}) },
          ...(note ? {} : { $unset: { note: '' } }),
          $inc: { version: 1 },
        },
        { session, returnDocument: 'after' },
      )
      .orFail()
      .lean();
    noteChange<Record<string, unknown>>(ctx, before, row, AUDITED);
    return toPurchaseOrder(row);
  });
}

/** @throws AppError CONFLICT once it is approved, or when a colleague has changed it meanwhile. */
export function assertDraft(
  order: { status: string; version: number; number: string },
  version: number,
): void {
  if (order.status !== 'draft')
    throw new AppError('CONFLICT', `${order.number} is no draft any more. Open it again.`);
  if (order.version !== version)
    throw new AppError('CONFLICT', `A colleague has changed ${order.number} meanwhile. Open it again.`);
}

async function factsOf(
  ctx: TenantContext,
  session: ClientSession,
  { supplierId, note, lines }: Pick<AddOrderInput, 'supplierId' | 'note' | 'lines'>,
) {
  const supplier = await getSupplier(ctx, supplierId, session);
  if (!supplier.isActive) throw new AppError('CONFLICT', `${supplier.name} is not used any more.`);
  const { currency } = await getBillSettings(ctx, { session });
  const rows = await medicineModel(ctx)
    .find({ _id: op({ $in: lines.map(({ medicineId }) => objectId(medicineId, 'medicine')) }) })
    .select('name strength unit isActive')
    .session(session)
    .lean();
  return {
    supplierId: objectId(supplierId, 'supplier'),
    supplierName: supplier.name,
    ...(note ? { note } : {}),
    lines: lines.map(({ rate, medicineId, ...line }) => {
      const medicine = rows.find(({ _id }) => _id.toString() === medicineId);
      if (!medicine) throw notFoundError('medicine');
      if (!medicine.isActive)
        throw new AppError('CONFLICT', `${medicine.name} is inactive. Activate it first.`);
      return {
        ...line,
        medicineId: medicine._id,
        name: [medicine.name, medicine.strength].filter(Boolean).join(' '),
        unit: medicine.unit,
        ...(rate === undefined ? {} : { rateMinor: minorIn(currency.code, rate, 'lines') }),
        ...{ receivedPacks: 0, receivedFree: 0 },
      };
    }),
  };
}
