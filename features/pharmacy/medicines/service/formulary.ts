import 'server-only';
import type { ClientSession } from 'mongoose';
import { minorOfPrice } from '@/features/cashier/bill-settings/policy';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { priceOpenCharges } from '@/features/cashier/charges/service';
import { goodsTaxClassesOf } from '@/features/cashier/price-list/taxes';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { assertUnchanged } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { isClassKnown } from '../control-classes';
import { formOf, type Medicine, toMedicine } from '../dto';
import { NO_EXPIRY } from '../expiry';
import { identityOf, searchKeysOf, sortNameOf } from '../keys';
import { batchModel, medicineModel } from '../model';
import { type AddMedicineInput, AUDITED_FIELDS, type UpdateMedicineInput } from '../schema';
import { STARTER_FORMULARY, starterFacts } from '../starter-formulary';
import { lockMedicine } from './ledger';
import { isLowWith } from './mark-low';

function factsOf(input: AddMedicineInput) {
  const { name, genericName, form, strength, unit, reorderLevel, price, openDays, controlClass } = input;
  const { importance, taxClass, pack } = input;
  return {
    name,
    form,
    unit,
    reorderLevel,
    identity: identityOf(input),
    nameKeys: searchKeysOf(input),
    sortName: sortNameOf(input),
    ...(genericName ? { genericName } : {}),
    ...(strength ? { strength } : {}),
    ...(pack ? { pack } : {}),
    ...(price === undefined ? {} : { priceCents: price }),
    ...(openDays === undefined ? {} : { openDays }),
    ...(controlClass ? { controlClass } : {}),
    ...(taxClass ? { taxClass } : {}),
    ...(importance ? { importance } : {}),
  };
}

async function takenError(ctx: TenantContext, input: AddMedicineInput): Promise<AppError> {
  const taken = await medicineModel(ctx)
    .findOne({ identity: identityOf(input) })
    .lean();
  return new AppError(
    'CONFLICT',
    taken?.isActive === false
      ? 'This medicine is among the inactive ones, in the same form and strength. Activate it there instead.'
      : 'This medicine is in the list already, in the same form and strength.',
    { field: 'name' },
  );
}

/** @throws AppError INVALID_INPUT for a class or a tax that the law of the country does not have. */
function assertClass(ctx: TenantContext, { controlClass, taxClass }: AddMedicineInput): void {
  if (controlClass && !isClassKnown(ctx.organization.country, controlClass))
    throw new AppError('INVALID_INPUT', 'Choose the class from the list.', { field: 'controlClass' });
  if (taxClass && !goodsTaxClassesOf(ctx.organization.country).some(([id]) => id === taxClass))
    throw new AppError('INVALID_INPUT', 'Choose the tax from the list.', { field: 'taxClass' });
}

/** Puts a medicine without stock into the list, in the caller's transaction. */
export async function insertMedicine(ctx: TenantContext, session: ClientSession, input: AddMedicineInput) {
  const _id = newObjectId();
  const row = { _id, ...factsOf(input), isActive: true, onHand: 0, nextExpiry: NO_EXPIRY, isLow: true };
  await medicineModel(ctx).create([row], { session });
  return medicineModel(ctx).findById(_id).session(session).orFail().lean();
}

/**
 * Adds a medicine without stock.
 * @throws AppError CONFLICT when it is there already, INVALID_INPUT for a class that is not known.
 */
export async function addMedicine(ctx: TenantContext, input: AddMedicineInput): Promise<Medicine> {
  assertClass(ctx, input);
  try {
    return await auditedWrite(ctx, async (session) => {
      const row = await insertMedicine(ctx, session, input);
      ctx.audit?.about(`medicine:${row._id}`);
      return toMedicine(row);
    });
  } catch (error) {
    if (duplicateKey(error)) throw await takenError(ctx, input);
    throw error;
  }
}

/** Changes what a medicine is; its stock stays. @throws AppError NOT_FOUND, CONFLICT. */
export async function updateMedicine(ctx: TenantContext, input: UpdateMedicineInput): Promise<Medicine> {
  assertClass(ctx, input);
  const medicineId = objectId(input.medicineId, 'medicine');
  const absent = {
    ...(input.genericName ? {} : { genericName: '' }),
    ...(input.strength ? {} : { strength: '' }),
    ...(input.pack ? {} : { pack: '' }),
    ...(input.price === undefined ? { priceCents: '' } : {}),
    ...(input.openDays === undefined ? { openDays: '' } : {}),
    ...(input.controlClass ? {} : { controlClass: '' }),
    ...(input.taxClass ? {} : { taxClass: '' }),
    ...(input.importance ? {} : { importance: '' }),
  };
  try {
    return await auditedWrite(ctx, async (session) => {
      const { onHand } = await lockMedicine(ctx, medicineId, session);
      const before = await medicineModel(ctx).findById(medicineId).session(session).orFail().lean();
      assertUnchanged(formOf(before), input.version);
      const row = await medicineModel(ctx)
        .findOneAndUpdate(
          { _id: medicineId },
          {
            $set: {
              ...factsOf(input),
              isLow: await isLowWith(ctx, session, { ...before, onHand, reorderLevel: input.reorderLevel }),
            },
            $unset: absent,
          },
          { session, returnDocument: 'after' },
        )
        .orFail()
        .lean();
      noteChange(ctx, toMedicine(before), toMedicine(row), AUDITED_FIELDS);
      if (typeof row.priceCents === 'number' && before.priceCents !== row.priceCents) {
        const { currency } = await getBillSettings(ctx, { session });
        const unitMinor = minorOfPrice(row.priceCents, currency.code);
        if (unitMinor !== null) await priceOpenCharges(ctx, medicineId, unitMinor, session);
      }
      return toMedicine(row);
    });
  } catch (error) {
    if (duplicateKey(error)) throw await takenError(ctx, input);
    throw error;
  }
}

/** Takes a medicine out of the list; its ledger stays. @throws AppError CONFLICT while there is stock. */
export async function deactivateMedicine(ctx: TenantContext, medicineId: string): Promise<Medicine> {
  const _id = objectId(medicineId, 'medicine');
  return auditedWrite(ctx, async (session) => {
    if (
      await batchModel(ctx)
        .exists({ medicineId: _id, transit: op({ $gt: 0 }) })
        .session(session)
    )
      throw new AppError('CONFLICT', 'Some of this medicine is on its way to a store. Receive it first.');
    const row = await medicineModel(ctx)
      .findOneAndUpdate(
        { _id, onHand: 0 },
        { $set: { isActive: false } },
        { session, returnDocument: 'before' },
      )
      .lean();
    if (row) return toActivity(ctx, row, false);
    if (!(await medicineModel(ctx).exists({ _id }).session(session))) throw notFoundError('medicine');
    throw new AppError(
      'CONFLICT',
      'There is stock of this medicine. Dispense, adjust or dispose of it first.',
    );
  });
}

/** Puts a medicine back into the list. */
export async function activateMedicine(ctx: TenantContext, medicineId: string): Promise<Medicine> {
  const _id = objectId(medicineId, 'medicine');
  return auditedWrite(ctx, async (session) => {
    const row = await medicineModel(ctx)
      .findOneAndUpdate({ _id }, { $set: { isActive: true } }, { session, returnDocument: 'before' })
      .lean();
    if (!row) throw notFoundError('medicine');
    return toActivity(ctx, row, true);
  });
}

/** The medicine as it was, with its new state, which goes into the log. */
function toActivity(
  ctx: TenantContext,
  before: Parameters<typeof toMedicine>[0],
  isActive: boolean,
): Medicine {
  noteChange(ctx, { isActive: before.isActive }, { isActive }, ['isActive']);
  return toMedicine({ ...before, isActive });
}

/** Adds the common medicines of an eye clinic that are not in the list yet. @returns how many were added. */
export async function addStarterFormulary(ctx: TenantContext): Promise<number> {
  const rows = STARTER_FORMULARY.map((entry) => ({
    ...factsOf({
      ...{ genericName: undefined, price: undefined, openDays: undefined, controlClass: undefined },
      ...starterFacts(entry, ctx.organization.country),
    }),
    isActive: true,
    onHand: 0,
    nextExpiry: NO_EXPIRY,
    isLow: true,
  }));
  return auditedWrite(ctx, async (session) => {
    let added = 0;
    for (const { identity, ...row } of rows) {
      const result = await medicineModel(ctx).updateOne(
        { identity },
        { $setOnInsert: row },
        { upsert: true, session },
      );
      added += result.upsertedCount;
    }
    return added;
  });
}
