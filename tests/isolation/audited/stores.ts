import { ensureMoneyDay } from '@/features/cashier/shifts/service';
import * as sales from '@/features/dispensary/sales/actions';
import * as medicines from '@/features/pharmacy/medicines/actions';
import { addMedicineInput, receiveStockInput } from '@/features/pharmacy/medicines/schema';
import { addMedicine, receiveStock } from '@/features/pharmacy/medicines/service';
import * as openingStock from '@/features/pharmacy/opening-stock/actions';
import { previewOpening } from '@/features/pharmacy/opening-stock/service';
import * as stockLevels from '@/features/pharmacy/stock-levels/actions';
import * as stocktakes from '@/features/pharmacy/stocktakes/actions';
import { stocktakeCountModel, stocktakeModel } from '@/features/pharmacy/stocktakes/model';
import { startStocktake } from '@/features/pharmacy/stocktakes/service';
import * as stores from '@/features/pharmacy/stores/actions';
import { storeModel } from '@/features/pharmacy/stores/model';
import { FIRST_STORE_ID } from '@/features/pharmacy/stores/policy';
import { addStore } from '@/features/pharmacy/stores/service';
import * as supplierAccounts from '@/features/pharmacy/supplier-accounts/actions';
import * as transfers from '@/features/pharmacy/transfers/actions';
import { transferModel } from '@/features/pharmacy/transfers/model';
import { newObjectId } from '@/lib/mongo';
import { shiftDay, today } from '@/lib/time';
import { aFile, batchId, ctx, type Fields, idOf, medicineId, type Step, supplierId, tomorrow } from './scene';

const storeId = async () => idOf(await storeModel(ctx()).findOne({ isCounter: false }).lean());

const stocktakeId = async () => idOf(await stocktakeModel(ctx()).findOne().sort({ _id: -1 }).lean());

/** One piece of a medicine with a price; the day of the money is opened before. */
async function saleFields(): Promise<Fields> {
  await ensureMoneyDay(ctx(), today(ctx().timeZone));
  const medicine = await addMedicine(
    ctx(),
    addMedicineInput.parse({
      ...{ name: 'Tears for sale', form: 'drop', unit: 'bottle', reorderLevel: '1', price: '10' },
    }),
  );
  await receiveStock(
    ctx(),
    receiveStockInput.parse({
      ...{ medicineId: medicine.id, lotNumber: 'S1', quantity: '3' },
      expiresOn: shiftDay(tomorrow(), 200),
    }),
  );
  const lines = JSON.stringify([{ medicineId: medicine.id, quantity: 1 }]);
  return { requestKey: newObjectId().toString(), totalMinor: '1000', lines };
}

export const STORES: Step[] = [
  ['a store is opened', stores.addStoreAction, async () => ({ name: 'Theatre' })],
  [
    'is named otherwise',
    stores.updateStoreAction,
    async () => ({ storeId: await storeId(), name: 'Theatre 2', version: '0' }),
  ],
  ['somebody gives out from a store', stores.chooseCounterAction, async () => ({ storeId: FIRST_STORE_ID })],
  [
    'something goes to another store',
    transfers.sendTransferAction,
    async () => ({
      ...{ fromId: FIRST_STORE_ID, toId: await storeId() },
      lines: JSON.stringify([{ batchId: await batchId(), quantity: 1 }]),
    }),
  ],
  [
    'and arrives there',
    transfers.receiveTransferAction,
    async () => {
      const { _id, lines } = await transferModel(ctx()).findOne().orFail().lean();
      const arrived = lines.map((line) => ({ batchId: line.batchId, received: 1, lost: 0, back: 0 }));
      return { transferId: _id.toString(), version: '0', lines: JSON.stringify(arrived) };
    },
  ],
  [
    'an empty store is closed',
    transfers.closeStoreAction,
    async () => ({ storeId: (await addStore(ctx(), { name: 'Ward', isCounter: false })).id }),
  ],
  [
    'and opened again',
    transfers.reopenStoreAction,
    async () => ({ storeId: idOf(await storeModel(ctx()).findOne({ isActive: false }).lean()) }),
  ],
  [
    'it is said how much of something a store has',
    stockLevels.setLevelAction,
    async () => ({
      ...{ medicineId: await medicineId(), storeId: FIRST_STORE_ID },
      ...{ min: '1', max: '9', version: '0' },
    }),
  ],
  [
    'a store is counted',
    stocktakes.startStocktakeAction,
    async () => ({ storeId: FIRST_STORE_ID, form: '' }),
  ],
  [
    'lot by lot',
    stocktakes.saveCountsAction,
    async () => ({
      ...{ stocktakeId: await stocktakeId(), sentAt: '0' },
      lines: JSON.stringify([{ batchId: await batchId(), counted: 1, version: 0, typedAt: 0 }]),
    }),
  ],
  [
    'with one that was found',
    stocktakes.countFoundLotAction,
    async () => ({
      ...{ stocktakeId: await stocktakeId(), medicineId: await medicineId(), lotNumber: 'FOUND' },
      ...{ expiresOn: shiftDay(tomorrow(), 200), counted: '1' },
    }),
  ],
  [
    'and finished',
    stocktakes.submitStocktakeAction,
    async () => ({ stocktakeId: await stocktakeId(), version: '0' }),
  ],
  [
    'counted again',
    stocktakes.recountStocktakeAction,
    async () => ({ stocktakeId: await stocktakeId(), version: '1' }),
  ],
  [
    'and approved by who has not counted',
    stocktakes.approveStocktakeAction,
    async () => {
      const [counter, id] = [newObjectId().toString(), await stocktakeId()];
      await stocktakeModel(ctx()).updateMany({}, { $set: { state: 'submitted', submittedById: counter } });
      await stocktakeCountModel(ctx()).updateMany({}, { $set: { byUserId: counter } });
      return { stocktakeId: id, version: '2' };
    },
  ],
  [
    'another count is given up',
    stocktakes.cancelStocktakeAction,
    async () => ({
      stocktakeId: (await startStocktake(ctx(), { storeId: FIRST_STORE_ID, form: undefined })).id,
      version: '0',
    }),
  ],
  [
    'what is there on the first day comes from a sheet',
    openingStock.importOpeningAction,
    async () => {
      const sheet = `Medicine,Form,Lot,Expiry,Quantity\nNepafenac,drop,N1,${shiftDay(tomorrow(), 200)},4`;
      const { fingerprint } = await previewOpening(ctx(), { sheet, storeId: undefined });
      return { sheet, storeId: FIRST_STORE_ID, fingerprint };
    },
  ],
  [
    'a supplier credits something without goods',
    supplierAccounts.addSupplierNoteAction,
    async () => ({
      supplierId: await supplierId(),
      ...{
        requestKey: newObjectId().toString(),
        kind: 'credit',
        number: 'N 1',
        day: shiftDay(tomorrow(), -2),
      },
      ...{ reason: 'price', amount: '3', tax: '' },
    }),
  ],
  [
    'a pack is scanned that nobody knew',
    medicines.rememberPackAction,
    async () => ({ gtin: '08901234567890', medicineId: await medicineId(), unitsPerPack: '10' }),
  ],
  [
    'a scan was of the wrong paper',
    sales.removePaperAction,
    async () => {
      const saleKey = newObjectId().toString();
      return { saleKey, ...(await aFile({ kind: 'sale', id: saleKey })) };
    },
  ],
  ['something is sold at the counter', sales.sellAction, saleFields],
];
