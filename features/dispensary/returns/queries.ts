import 'server-only';
import { batchModel, medicineModel, movementModel } from '@/features/pharmacy/medicines/model';
import { isExpired } from '@/features/pharmacy/medicines/policy';
import { getPharmacySettings } from '@/features/pharmacy/pharmacy-settings/queries';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import type { Dispense } from '../dispenses/dto';
import { type MedicineReturn, toReturn } from './dto';
import { returnModel } from './model';
import { returnUntil } from './policy';

const MOST_LOTS = 100;

/** The find behind what went out with a dispense. */
export const findGiven = (ctx: TenantContext, dispenseId: string) =>
  movementModel(ctx)
    .find({ dispenseId: objectId(dispenseId, 'dispense'), kind: 'dispense' })
    .limit(MOST_LOTS);

/** What of a dispense may still come back, by lot, and until when. */
export async function listReturnable(ctx: TenantContext, dispense: Pick<Dispense, 'id' | 'day'>) {
  // In the order in which it was given: of one dispense there are a handful.
  const given = (await findGiven(ctx, dispense.id).lean()).sort((a, b) =>
    a._id.toString().localeCompare(b._id.toString()),
  );
  const [earlier, batches, medicines, settings] = await Promise.all([
    movementModel(ctx)
      .find({ returnOf: op({ $in: given.map(({ _id }) => _id) }) })
      .select('returnOf quantity')
      .lean(),
    batchModel(ctx)
      .find({ _id: op({ $in: given.map(({ batchId }) => batchId) }) })
      .select('expiresOn')
      .lean(),
    medicineModel(ctx)
      .find({ _id: op({ $in: given.map(({ medicineId }) => medicineId) }) })
      .select('name strength unit')
      .lean(),
    getPharmacySettings(ctx),
  ]);
  const day = today(ctx.timeZone);
  const until = returnUntil(dispense.day, settings.returnDays);
  const lots = given.map((row) => {
    const medicine = medicines.find(({ _id }) => _id.equals(row.medicineId));
    const expiresOn = batches.find(({ _id }) => _id.equals(row.batchId))?.expiresOn ?? '';
    const returned = earlier
      .filter(({ returnOf }) => returnOf?.equals(row._id))
      .reduce((sum, { quantity }) => sum + quantity, 0);
    return {
      movementId: row._id.toString(),
      name: [medicine?.name, medicine?.strength].filter(Boolean).join(' '),
      unit: medicine?.unit ?? '',
      lotNumber: row.lotNumber,
      expiresOn,
      isExpired: isExpired(expiresOn, day),
      given: -row.quantity,
      left: -row.quantity - returned,
    };
  });
  return {
    lots,
    until,
    isTooLate: until !== null && until < day,
    isOpenedTaken: settings.isOpenedTaken,
  };
}
export type Returnable = Awaited<ReturnType<typeof listReturnable>>;

/** The find behind what came back of a dispense. */
export const findReturns = (ctx: TenantContext, dispenseId: string) =>
  returnModel(ctx)
    .find({ dispenseId: objectId(dispenseId, 'dispense') })
    .sort({ at: -1 })
    .limit(20);

/** What came back of a dispense, newest first. At most 20. */
export const listReturns = async (ctx: TenantContext, dispenseId: string): Promise<MedicineReturn[]> =>
  (await findReturns(ctx, dispenseId).lean()).map(toReturn);
