'use server';
import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { Medicine } from './dto';
import {
  addMedicineInput,
  adjustStockInput,
  dispenseInput,
  disposeStockInput,
  medicineInput,
  receiveStockInput,
  updateMedicineInput,
} from './schema';
import { addMedicine, addStarterFormulary, adjustStock, deactivateMedicine, dispense, disposeStock, receiveStock, updateMedicine } from './service';

const target = (_input: unknown, medicine: Medicine): string => `medicine:${medicine.id}`;
const fresh = (medicine: Medicine): Medicine => {
  revalidatePath(paths.medicines);
  revalidatePath(`${paths.medicines}/${medicine.id}`);
  return medicine;
};
const onHand = (medicine: Medicine): string => `${medicine.name}: ${medicine.onHand} on hand.`;

export const addMedicineAction = staffAction({
  permission: 'medicines:write',
  input: addMedicineInput,
  audit: 'medicine.add',
  target,
  run: async (ctx, input) => fresh(await addMedicine(ctx, input)),
  message: (medicine) => `${medicine.name} is in the list.`,
});

export const updateMedicineAction = staffAction({
  permission: 'medicines:write',
  input: updateMedicineInput,
  audit: 'medicine.update',
  target,
  run: async (ctx, input) => fresh(await updateMedicine(ctx, input)),
  message: 'Saved.',
});

export const deactivateMedicineAction = staffAction({
  permission: 'medicines:write',
  input: medicineInput,
  audit: 'medicine.deactivate',
  target,
  run: async (ctx, { medicineId }) => fresh(await deactivateMedicine(ctx, medicineId)),
  message: (medicine) => `${medicine.name} is out of the list.`,
});

export const addStarterFormularyAction = staffAction({
  permission: 'medicines:write',
  input: z.object({}),
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

export const dispenseAction = staffAction({
  permission: 'medicines:write',
  input: dispenseInput,
  audit: 'stock.dispense',
  target,
  run: async (ctx, input) => fresh(await dispense(ctx, input)),
  message: onHand,
});
