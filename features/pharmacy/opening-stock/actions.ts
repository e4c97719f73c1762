'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { importOpeningInput, previewOpeningInput } from './schema';
import { importOpening, previewOpening } from './service';

export const previewOpeningAction = staffAction({
  permission: 'medicines:write',
  input: previewOpeningInput,
  audit: 'opening-stock.preview',
  entryAfter: 'It changes nothing: what a spreadsheet would bring is looked at.',
  run: (ctx, input) => previewOpening(ctx, input),
});

export const importOpeningAction = staffAction({
  permission: 'medicines:write',
  input: importOpeningInput,
  audit: 'opening-stock.import',
  run: async (ctx, input) => {
    const done = await importOpening(ctx, input);
    revalidatePath(paths.medicines);
    revalidatePath(paths.stores);
    return done;
  },
  message: ({ medicines, lots }) => `${lots} lots are in stock, ${medicines} medicines are new.`,
});
