import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { assertTaxNumber } from '@/lib/tax-number';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Supplier, toSupplier } from './dto';
import { supplierModel, supplierNumberModel } from './model';
import type { AddSupplierInput, UpdateSupplierInput } from './schema';

const AUDITED = ['name', 'taxNumber', 'licence', 'phone', 'email', 'creditDays', 'isActive'] as const;

const identityOf = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s.,]+/g, ' ')
    .trim();

function taken(error: unknown): unknown {
  if (!duplicateKey(error)) return error;
  return /supplier_numbers/.test(String(error))
    ? new AppError('CONFLICT', 'Another supplier has this number. Take that one, or check the number.', {
        field: 'taxNumber',
      })
    : new AppError('CONFLICT', 'This supplier is in the list already.', { field: 'name' });
}

/**
 * An invoice is entered once for each supplier: one that is in the list twice would be paid twice. A second
 * press at the same moment breaks the key of the number.
 * @throws AppError CONFLICT where another one has the number.
 */
async function takeNumber(
  ctx: TenantContext,
  session: ClientSession,
  {
    _id,
    taxNumber,
    before,
  }: { _id: Types.ObjectId; taxNumber: string | undefined; before?: string | null | undefined },
): Promise<void> {
  if (before) await supplierNumberModel(ctx).deleteOne({ _id: before, supplierId: _id }, { session });
  if (!taxNumber) return;
  const other = await supplierModel(ctx)
    .findOne({ taxNumber, _id: op({ $ne: _id }) })
    .session(session)
    .lean();
  if (other)
    throw new AppError(
      'CONFLICT',
      `${other.name} has this number${other.isActive ? '' : ' and is not used any more'}. Take that supplier, or check the number.`,
      { field: 'taxNumber' },
    );
  await supplierNumberModel(ctx).create([{ _id: taxNumber, supplierId: _id }], { session });
}

/**
 * @throws AppError INVALID_INPUT for a wrong tax number, CONFLICT where the name or the number is there
 * already.
 */
export async function addSupplier(ctx: TenantContext, input: AddSupplierInput): Promise<Supplier> {
  assertTaxNumber(ctx.organization.country, input.taxNumber);
  const _id = newObjectId();
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  try {
    return await auditedWrite(ctx, async (session) => {
      await takeNumber(ctx, session, { _id, taxNumber: input.taxNumber });
      const row = { _id, ...given, identity: identityOf(input.name), isActive: true, version: 0 };
      await supplierModel(ctx).create([row], { session });
      ctx.audit?.about(`supplier:${_id}`);
      return toSupplier(await supplierModel(ctx).findById(_id).session(session).orFail().lean());
    });
  } catch (error) {
    throw taken(error);
  }
}

/**
 * Touches a supplier, so that what is entered of it at one moment comes one after the other.
 * @throws AppError NOT_FOUND.
 */
export async function lockSupplier(
  ctx: TenantContext,
  supplierId: string,
  session: ClientSession,
): Promise<Supplier> {
  const row = await supplierModel(ctx)
    .findOneAndUpdate(
      { _id: objectId(supplierId, 'supplier') },
      { $set: { updatedAt: new Date() } },
      { session, returnDocument: 'after' },
    )
    .lean();
  if (!row) throw notFoundError('supplier');
  return toSupplier(row);
}

/** @throws AppError NOT_FOUND, INVALID_INPUT, CONFLICT when a colleague has changed it meanwhile. */
export async function updateSupplier(
  ctx: TenantContext,
  { supplierId, version, name, creditDays, isActive, ...optional }: UpdateSupplierInput,
): Promise<Supplier> {
  assertTaxNumber(ctx.organization.country, optional.taxNumber);
  const _id = objectId(supplierId, 'supplier');
  const texts = ['taxNumber', 'licence', 'phone', 'email'] as const;
  const kept = texts.filter((field) => optional[field]);
  const gone = texts.filter((field) => !optional[field]);
  try {
    return await auditedWrite(ctx, async (session) => {
      const before = await supplierModel(ctx).findById(_id).session(session).lean();
      if (!before) throw notFoundError('supplier');
      if (before.version !== version)
        throw new AppError('CONFLICT', 'A colleague has changed this supplier meanwhile.');
      // Two of before may share one: each can still be changed otherwise.
      if (optional.taxNumber !== before.taxNumber)
        await takeNumber(ctx, session, { _id, taxNumber: optional.taxNumber, before: before.taxNumber });
      const row = await supplierModel(ctx)
        .findOneAndUpdate(
          { _id },
          {
            $set: {
              ...{ name, identity: identityOf(name), creditDays, isActive },
              ...Object.fromEntries(kept.map((field) => [field, optional[field]])),
            },
            ...(gone.length > 0 ? { $unset: Object.fromEntries(gone.map((field) => [field, ''])) } : {}),
            $inc: { version: 1 },
          },
          { session, returnDocument: 'after' },
        )
        .orFail()
        .lean();
      noteChange(ctx, toSupplier(before), toSupplier(row), AUDITED);
      return toSupplier(row);
    });
  } catch (error) {
    throw taken(error);
  }
}
