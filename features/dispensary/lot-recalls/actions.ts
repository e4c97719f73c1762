'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { LotRecall } from './dto';
import { closeRecallInput, noteContactInput, openRecallInput } from './schema';
import { closeRecall, noteContact, openRecall } from './service';

const fresh = (recall: LotRecall): LotRecall => {
  revalidatePath(paths.lotRecalls);
  revalidatePath(paths.lotRecall(recall.id));
  revalidatePath(paths.medicine(recall.medicineId));
  return recall;
};

export const openRecallAction = staffAction({
  permission: 'dispenses:write',
  input: openRecallInput,
  audit: 'lot.recall',
  target: ({ medicineId }) => `medicine:${medicineId}`,
  run: async (ctx, input) => fresh(await openRecall(ctx, input)),
  message: ({ lotNumber }) => `Lot ${lotNumber} is recalled: nothing of it is given out any more.`,
});

export const closeRecallAction = staffAction({
  permission: 'dispenses:write',
  input: closeRecallInput,
  audit: 'lot.close-recall',
  target: ({ recallId }) => `lot-recall:${recallId}`,
  run: async (ctx, input) => fresh(await closeRecall(ctx, input)),
  message: 'The recall is closed. The lot stays held.',
});

export const noteContactAction = staffAction({
  permission: 'dispenses:write',
  input: noteContactInput,
  audit: 'lot.tell-patient',
  run: async (ctx, input) => fresh(await noteContact(ctx, input)),
});
