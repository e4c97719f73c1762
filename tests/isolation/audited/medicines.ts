import * as medicines from '@/features/pharmacy/medicines/actions';
import { toBatch, toMedicine } from '@/features/pharmacy/medicines/dto';
import { batchModel, medicineModel, movementModel } from '@/features/pharmacy/medicines/model';
import { takeStarterFactsAction } from '@/features/pharmacy/starter-facts/actions';
import { starterMark } from '@/features/pharmacy/starter-facts/policy';
import { listStarterOffers } from '@/features/pharmacy/starter-facts/queries';
import { objectId } from '@/lib/mongo';
import { shiftDay } from '@/lib/time';
import {
  anyBatch,
  batchId,
  ctx,
  type Fields,
  idOf,
  medicine,
  medicineId,
  type Step,
  tomorrow,
} from './scene';

/** Three pieces that came back. */
async function quarantined(): Promise<Fields> {
  const batchId = await anyBatch();
  await batchModel(ctx()).updateOne({ _id: objectId(batchId) }, { $set: { quarantine: 3 } });
  return { medicineId: await medicineId(), batchId, reason: 'Looked at' };
}

/** A batch that was received long ago. */
async function expiredBatch(): Promise<Fields> {
  const id = await medicineId();
  await batchModel(ctx()).create({
    medicineId: objectId(id),
    lotNumber: 'OLD',
    expiresOn: '2020-01-31',
    quantity: 3,
    hasStock: true,
  });
  await medicineModel(ctx()).updateOne({ _id: objectId(id) }, { $inc: { onHand: 3 } });
  return { medicineId: id, reason: 'Expired' };
}

export const MEDICINES: Step[] = [
  ['a medicine is added', medicines.addMedicineAction, () => medicine],
  [
    'changed',
    medicines.updateMedicineAction,
    async () => {
      const row = await medicineModel(ctx())
        .findById(await medicineId())
        .orFail()
        .lean();
      return { ...medicine, reorderLevel: '9', medicineId: idOf(row), version: toMedicine(row).version };
    },
  ],
  [
    'taken out of the list',
    medicines.deactivateMedicineAction,
    async () => ({ medicineId: await medicineId() }),
  ],
  [
    'put back into the list',
    medicines.activateMedicineAction,
    async () => ({ medicineId: await medicineId() }),
  ],
  ['the usual ones are added', medicines.addStarterFormularyAction, () => ({})],
  [
    'what nobody has said of them is taken over',
    takeStarterFactsAction,
    async () => {
      await medicineModel(ctx()).updateMany({ name: 'Tropicamide' }, { $unset: { pack: '' } });
      const offer = (await listStarterOffers(ctx())).find(({ name }) => name.startsWith('Tropicamide 1'));
      if (!offer) throw new Error('Nothing is offered');
      return { 'medicines[]': [starterMark(offer)] };
    },
  ],
  [
    'a delivery comes',
    medicines.receiveStockAction,
    async () => ({
      medicineId: await medicineId(),
      lotNumber: 'A1',
      expiresOn: shiftDay(tomorrow(), 300),
      quantity: '9',
    }),
  ],
  [
    'some is given out',
    medicines.dispenseAction,
    async () => ({ medicineId: await medicineId(), quantity: '2' }),
  ],
  [
    'and comes back',
    medicines.returnStockAction,
    async () => ({
      medicineId: await medicineId(),
      movementId: idOf(await movementModel(ctx()).findOne({ kind: 'dispense' }).lean()),
      quantity: '1',
      reason: 'Unopened',
    }),
  ],
  [
    'is counted',
    medicines.adjustStockAction,
    async () => ({
      medicineId: await medicineId(),
      batchId: await batchId(),
      version: toBatch(
        await batchModel(ctx())
          .findById(await batchId())
          .orFail()
          .lean(),
      ).version,
      counted: '5',
      reason: 'Counted',
    }),
  ],
  [
    'is thrown away',
    medicines.disposeStockAction,
    async () => ({ medicineId: await medicineId(), batchId: await batchId(), reason: 'Broken' }),
  ],
  ['what has expired goes', medicines.disposeExpiredAction, expiredBatch],
  [
    'a lot is held',
    medicines.holdBatchAction,
    async () => ({ medicineId: await medicineId(), batchId: await anyBatch(), reason: 'Cloudy' }),
  ],
  [
    'and released',
    medicines.releaseBatchAction,
    async () => ({ medicineId: await medicineId(), batchId: await anyBatch() }),
  ],
  [
    'the medicine is stopped',
    medicines.stopSellingAction,
    async () => ({ medicineId: await medicineId(), reason: 'Banned' }),
  ],
  ['and sold again', medicines.resumeSellingAction, async () => ({ medicineId: await medicineId() })],
  [
    'what is in quarantine goes back',
    medicines.releaseQuarantineAction,
    async () => ({ ...(await quarantined()), quantity: '1' }),
  ],
  ['or away', medicines.disposeQuarantineAction, quarantined],
];
