'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { Medicine } from './dto';
import { countOf } from './policy';
import {
  addMedicineInput,
  adjustStockInput,
  batchInput,
  dispenseInput,
  disposeExpiredInput,
  disposeQuarantineInput,
  disposeStockInput,
  holdBatchInput,
  medicineInput,
  receiveStockInput,
  releaseQuarantineInput,
  rememberPackInput,
  returnStockInput,
  starterFormularyInput,
  stopSellingInput,
  updateMedicineInput,
} from './schema';
import { adjustStock, disposeExpired, disposeStock } from './service/correct';
import {
  activateMedicine,
  addMedicine,
  addStarterFormulary,
  deactivateMedicine,
  updateMedicine,
} from './service/formulary';
import {
  disposeQuarantine,
  holdBatch,
  releaseBatch,
  releaseQuarantine,
  resumeSelling,
  stopSelling,
} from './service/holds';
import { rememberPack } from './service/packs';
import { dispense, receiveStock, returnStock } from './service/stock';

const target = ({ medicineId }: { medicineId: string }): string => `medicine:${medicineId}`;
const fresh = (medicine: Medicine): Medicine => {
  revalidatePath(paths.medicines);
  revalidatePath(paths.medicine(medicine.id));
  return medicine;
};
const onHand = (medicine: Medicine): string =>
  `${medicine.name}: ${countOf(medicine.onHand, medicine.unit)} on hand.`;

export const addMedicineAction = staffAction({
  permission: 'medicines:write',
  input: addMedicineInput,
  audit: 'medicine.add',
  run: async (ctx, input) => fresh(await addMedicine(ctx, input)),
  message: (medicine) => `${medicine.name} is in the list.`,
});

export const updateMedicineAction = staffAction({
  permission: 'medicines:write',
  input: updateMedicineInput,
  audit: 'medicine.update',
  target,
  run: async (ctx, input) => fresh(await updateMedicine(ctx, input)),
  message: (medicine) => `${medicine.name} is saved.`,
});

export const deactivateMedicineAction = staffAction({
  permission: 'medicines:write',
  input: medicineInput,
  audit: 'medicine.deactivate',
  target,
  run: async (ctx, { medicineId }) => fresh(await deactivateMedicine(ctx, medicineId)),
  message: (medicine) => `${medicine.name} is inactive.`,
});

export const activateMedicineAction = staffAction({
  permission: 'medicines:write',
  input: medicineInput,
  audit: 'medicine.activate',
  target,
  run: async (ctx, { medicineId }) => fresh(await activateMedicine(ctx, medicineId)),
  message: (medicine) => `${medicine.name} is in the list again.`,
});

export const addStarterFormularyAction = staffAction({
  permission: 'medicines:write',
  input: starterFormularyInput,
  audit: 'medicine.starter',
  run: async (ctx) => {
    const added = await addStarterFormulary(ctx);
    revalidatePath(paths.medicines);
    return { added };
  },
  message: ({ added }) => `${added} medicines added, without stock.`,
});

export const receiveStockAction = staffAction({
  permission: 'medicines:write',
  input: receiveStockInput,
  audit: 'stock.receive',
  target,
  run: async (ctx, input) => fresh(await receiveStock(ctx, input)),
  message: onHand,
});

export const dispenseAction = staffAction({
  permission: 'medicines:write',
  input: dispenseInput,
  audit: 'stock.dispense',
  target,
  run: async (ctx, input) => fresh(await dispense(ctx, input)),
  message: onHand,
});

export const returnStockAction = staffAction({
  permission: 'medicines:write',
  input: returnStockInput,
  audit: 'stock.return',
  target,
  run: async (ctx, input) => fresh(await returnStock(ctx, input)),
  message: onHand,
});

export const adjustStockAction = staffAction({
  permission: 'medicines:write',
  input: adjustStockInput,
  audit: 'stock.adjust',
  target,
  run: async (ctx, input) => fresh(await adjustStock(ctx, input)),
  message: onHand,
});

export const disposeStockAction = staffAction({
  permission: 'medicines:write',
  input: disposeStockInput,
  audit: 'stock.dispose',
  target,
  run: async (ctx, input) => fresh(await disposeStock(ctx, input)),
  message: onHand,
});

export const disposeExpiredAction = staffAction({
  permission: 'medicines:write',
  input: disposeExpiredInput,
  audit: 'stock.dispose',
  target,
  run: async (ctx, input) => fresh(await disposeExpired(ctx, input)),
  message: onHand,
});

export const holdBatchAction = staffAction({
  permission: 'medicines:write',
  input: holdBatchInput,
  audit: 'stock.hold',
  target,
  run: async (ctx, input) => fresh(await holdBatch(ctx, input)),
  message: ({ name }) => `The lot of ${name} is held.`,
});

export const releaseBatchAction = staffAction({
  permission: 'medicines:write',
  input: batchInput,
  audit: 'stock.release-hold',
  target,
  run: async (ctx, input) => fresh(await releaseBatch(ctx, input)),
  message: ({ name }) => `The lot of ${name} may be given out again.`,
});

export const releaseQuarantineAction = staffAction({
  permission: 'medicines:write',
  input: releaseQuarantineInput,
  audit: 'stock.release',
  target,
  run: async (ctx, input) => fresh(await releaseQuarantine(ctx, input)),
  message: onHand,
});

export const disposeQuarantineAction = staffAction({
  permission: 'medicines:write',
  input: disposeQuarantineInput,
  audit: 'stock.dispose-quarantine',
  target,
  run: async (ctx, input) => fresh(await disposeQuarantine(ctx, input)),
  message: onHand,
});

export const stopSellingAction = staffAction({
  permission: 'medicines:write',
  input: stopSellingInput,
  audit: 'medicine.stop',
  target,
  run: async (ctx, input) => fresh(await stopSelling(ctx, input)),
  message: ({ name }) => `${name} is not given out any more.`,
});

export const resumeSellingAction = staffAction({
  permission: 'medicines:write',
  input: medicineInput,
  audit: 'medicine.resume',
  target,
  run: async (ctx, input) => fresh(await resumeSelling(ctx, input)),
  message: ({ name }) => `${name} is given out again.`,
});

export const rememberPackAction = staffAction({
  permission: 'medicines:write',
  input: rememberPackInput,
  audit: 'medicine.remember-pack',
  target,
  run: async (ctx, input) => ({
    medicineId: (await rememberPack(ctx, input)).id,
    unitsPerPack: input.unitsPerPack,
  }),
  message: 'Noted. The next scan of this pack knows it.',
});
