import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { minorOfPrice } from '@/features/cashier/bill-settings/policy';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { MEDICINE_CODE, sourceKey } from '@/features/cashier/charges/policy';
import { addCharges, type NewCharge } from '@/features/cashier/charges/service';
import { medicineTaxClass } from '@/features/cashier/price-list/taxes';
import { batchModel, medicineModel } from '@/features/pharmacy/medicines/model';
import { getPharmacySettings } from '@/features/pharmacy/pharmacy-settings/queries';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { type DispensedLine, withinMrp } from './policy';

type GivenTo = { patientId: string; patientName: string; patientNumber: string; visitId: string | null };
type Given = { dispenseId: Types.ObjectId; given: readonly DispensedLine[]; at: Date };

/**
 * What was handed out is to be billed, at the medicine's price of this moment; in the transaction of the
 * stock, so that neither is there without the other. One without a price waits for it, and costs no 0.
 */
export async function chargeGiven(
  ctx: TenantContext,
  session: ClientSession,
  { patientId, patientName, patientNumber, visitId }: GivenTo,
  { dispenseId, given, at }: Given,
): Promise<void> {
  const batchIds = given.flatMap(({ lots }) => lots.map(({ batchId }) => objectId(batchId, 'batch')));
  if (batchIds.length === 0) return;
  const batches = await batchModel(ctx)
    .find({ _id: op({ $in: batchIds }) })
    .select('medicineId mrpMinor')
    .session(session)
    .lean();
  const medicines = await medicineModel(ctx)
    .find({ _id: op({ $in: batches.map(({ medicineId }) => medicineId) }) })
    .select('name strength priceCents taxClass')
    .session(session)
    .lean();
  const { currency, country } = await getBillSettings(ctx, { session });
  const { licences } = await getPharmacySettings(ctx, session);
  const charges = given.flatMap((line): NewCharge[] => {
    const batch = batches.find(({ _id }) => _id.toString() === line.lots[0]?.batchId);
    const medicine = medicines.find(({ _id }) => batch?.medicineId.equals(_id));
    if (line.quantity === 0 || !medicine) return [];
    const key = sourceKey.dispense(dispenseId.toString(), line.lineId);
    return [
      {
        ...{ source: 'dispense', sourceKey: key, medicineId: medicine._id, dispenseId },
        ...{ code: MEDICINE_CODE, name: [medicine.name, medicine.strength].filter(Boolean).join(' ') },
        ...{ group: 'medicine', quantity: line.quantity },
        taxClass: medicineTaxClass(country, medicine.taxClass),
        unitMinor: withinMrp(
          minorOfPrice(medicine.priceCents ?? null, currency.code),
          batches.filter(({ _id }) => line.lots.some(({ batchId }) => batchId === _id.toString())),
        ),
        // What is printed on a pack is the most that it may cost, with its tax.
        isInclusive: true,
        lots: line.lots.map(({ lotNumber, expiresOn }) => ({ lotNumber, expiresOn })),
        ...(licences ? { licences } : {}),
      },
    ];
  });
  const to = { patient: { name: patientName, number: patientNumber }, day: today(ctx.timeZone, at), at };
  await addCharges(
    ctx,
    {
      ...to,
      patientId: objectId(patientId, 'patient'),
      visitId: visitId ? objectId(visitId, 'visit') : null,
    },
    charges,
    session,
  );
}
