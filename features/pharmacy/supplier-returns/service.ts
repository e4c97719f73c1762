import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { minorIn } from '@/features/cashier/bill-settings/service';
import { paperKey } from '@/features/pharmacy/goods-receipts/policy';
import { batchModel, movementModel } from '@/features/pharmacy/medicines/model';
import { onlyText } from '@/features/pharmacy/medicines/policy';
import { lockMedicine, post } from '@/features/pharmacy/medicines/service/ledger';
import { FIRST_STORE_ID, piecesIn, quarantinedIn } from '@/features/pharmacy/stores/policy';
import { getStore, storedIn } from '@/features/pharmacy/stores/queries';
import { getSupplier } from '@/features/pharmacy/suppliers/queries';
import { lockSupplier } from '@/features/pharmacy/suppliers/service';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { nextNumber } from '@/lib/tenancy/counters';
import { shiftDay, today } from '@/lib/time';
import { type SupplierReturn, toSupplierReturn } from './dto';
import { supplierReturnModel } from './model';
import { DAYS_OF_A_CLAIM, returnedFrom, SUPPLIER_RETURN_REASONS } from './policy';
import { findCreditNotes } from './queries';
import type { AddSupplierReturnInput, CloseSupplierReturnInput } from './schema';

/**
 * Sends lots back to a supplier: they leave the stock at what they had cost, and a credit is waited for. One
 * transaction; the same press that arrives twice happens once.
 * @throws AppError NOT_FOUND, CONFLICT for more than there is.
 */
export async function addSupplierReturn(
  ctx: TenantContext,
  input: AddSupplierReturnInput,
  now = new Date(),
): Promise<SupplierReturn> {
  const { requestKey, reason, supplierId } = input;
  const [{ currency }, supplier] = await Promise.all([getBillSettings(ctx), getSupplier(ctx, supplierId)]);
  const expectedMinor =
    input.expected === undefined ? null : minorIn(currency.code, input.expected, 'expected');
  const save = () =>
    auditedWrite(ctx, async (session) => {
      const same = await supplierReturnModel(ctx).findOne({ requestKey }).session(session).lean();
      if (same) return toSupplierReturn(same);
      const _id = newObjectId();
      const lines = [];
      for (const line of input.lines)
        lines.push(await sendBack(ctx, session, line, { reason, returnId: _id }));
      const row = {
        ...{ _id, requestKey, supplierId: objectId(supplierId, 'supplier'), supplierName: supplier.name },
        ...{ day: today(ctx.timeZone, now), reason, lines, state: 'open' as const, isOpen: true, version: 0 },
        ...(expectedMinor === null ? {} : { expectedMinor }),
        ...(input.note ? { note: input.note } : {}),
        byUserId: ctx.actor.kind === 'staff' ? ctx.actor.userId : 'system',
        byName: ctx.actor.name,
        at: now,
        number: `SR-${String(await nextNumber(ctx, 'supplier-returns', session)).padStart(6, '0')}`,
      };
      await supplierReturnModel(ctx).create([row], { session });
      ctx.audit?.about(`supplier-return:${_id}`);
      noteChange<Record<string, unknown>>(ctx, null, row, [
        'number',
        'supplierName',
        'reason',
        'expectedMinor',
      ]);
      return toSupplierReturn(await supplierReturnModel(ctx).findById(_id).session(session).orFail().lean());
    });
  try {
    return await save();
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    // The same press at the same moment: now there is something to find.
    return save();
  }
}

type Of = { reason: AddSupplierReturnInput['reason']; returnId: Types.ObjectId };

async function sendBack(
  ctx: TenantContext,
  session: ClientSession,
  { batchId: id, from, storeId, quantity }: AddSupplierReturnInput['lines'][number],
  { reason, returnId }: Of,
) {
  const batchId = objectId(id, 'lot');
  const known = await batchModel(ctx).findById(batchId).session(session).lean();
  if (!known) throw notFoundError('lot');
  const medicine = await lockMedicine(ctx, known.medicineId, session);
  // Read again under the lock: a counter may have taken some.
  const batch = await batchModel(ctx).findById(batchId).session(session).orFail().lean();
  const store = await getStore(ctx, storeId ?? FIRST_STORE_ID, session);
  const there = from === 'shelf' ? piecesIn(batch, store.id) : quarantinedIn(batch, store.id);
  const name = [medicine.name, medicine.strength].filter(Boolean).join(' ');
  if (quantity > there)
    throw new AppError(
      'CONFLICT',
      onlyText(there, medicine.unit, {
        of: `of ${name}, lot ${batch.lotNumber},`,
        where: from === 'shelf' ? 'on the shelf' : 'in quarantine',
      }),
      { field: `lines.${returnedFrom({ batchId: id, from, storeId })}` },
    );
  await post(ctx, session, {
    ...{ medicine, kind: 'supplier-return', returnId, reason: SUPPLIER_RETURN_REASONS[reason] },
    changes: [
      {
        ...{ batchId, lotNumber: batch.lotNumber, quantity: -quantity },
        ...(from === 'quarantine' ? { place: 'quarantine' as const } : {}),
        ...storedIn(store.id),
      },
    ],
  });
  const moved = await movementModel(ctx)
    .findOne({ batchId, kind: 'supplier-return' })
    .sort({ at: -1, _id: -1 })
    .session(session)
    .lean();
  return {
    ...{ medicineId: medicine._id, batchId, name, unit: medicine.unit, lotNumber: batch.lotNumber },
    ...{ expiresOn: batch.expiresOn, from, quantity },
    ...(typeof moved?.costMinor === 'number' ? { costMinor: -moved.costMinor } : {}),
  };
}

/**
 * A note that was entered without goods is not credited once more; one note may be for several claims.
 * @throws AppError CONFLICT.
 */
async function assertNewNote(
  ctx: TenantContext,
  session: ClientSession,
  { supplierId, day }: { supplierId: Types.ObjectId; day: string },
  creditNote: string,
): Promise<void> {
  // Touched first: of the same note that is entered in both ways at once, the second sees the first.
  const supplier = await lockSupplier(ctx, supplierId.toString(), session);
  const days = { from: day, to: shiftDay(day, DAYS_OF_A_CLAIM) };
  const notes = await findCreditNotes(ctx, supplier.id, days).session(session).lean();
  const isSame = (number = '') => paperKey(number) === paperKey(creditNote);
  if (notes.some((one) => one.lines.length === 0 && isSame(one.creditNote ?? '')))
    throw new AppError(
      'CONFLICT',
      `Credit note ${creditNote} of ${supplier.name} was entered without goods already, and is credited once. If it is for this, write “Credited with ${creditNote}” and close the claim as refused.`,
      { field: 'creditNote' },
    );
}

/**
 * What became of the claim: credited with a note of the supplier, or refused.
 * @throws AppError NOT_FOUND, CONFLICT when it is closed, or when a colleague has changed it meanwhile.
 */
export async function closeSupplierReturn(
  ctx: TenantContext,
  { returnId, version, outcome, creditNote, amount, reason }: CloseSupplierReturnInput,
  now = new Date(),
): Promise<SupplierReturn> {
  const _id = objectId(returnId, 'return');
  const { currency } = await getBillSettings(ctx);
  const creditedMinor =
    outcome === 'credited' && amount !== undefined ? minorIn(currency.code, amount, 'amount') : null;
  return auditedWrite(ctx, async (session) => {
    const before = await supplierReturnModel(ctx).findById(_id).session(session).lean();
    if (!before) throw notFoundError('return');
    if (!before.isOpen || before.version !== version)
      throw new AppError('CONFLICT', `A colleague has closed ${before.number} meanwhile. Open it again.`);
    if (outcome === 'credited' && creditNote) await assertNewNote(ctx, session, before, creditNote);
    const row = await supplierReturnModel(ctx)
      .findOneAndUpdate(
        { _id, version },
        {
          $set: {
            ...{ state: outcome, isOpen: false, endedByName: ctx.actor.name, endedAt: now },
            ...(outcome === 'credited' && creditNote ? { creditNote } : {}),
            ...(creditedMinor === null ? {} : { creditedMinor }),
            ...(reason ? { endReason: reason } : {}),
          },
          $inc: { version: 1 },
        },
        { session, returnDocument: 'after' },
      )
      .orFail()
      .lean();
    noteChange<Record<string, unknown>>(ctx, before, row, [
      'state',
      'creditNote',
      'creditedMinor',
      'endReason',
    ]);
    return toSupplierReturn(row);
  });
}
