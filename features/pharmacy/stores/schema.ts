import { z } from 'zod';
import { optionalBranch } from '@/features/identity/branches/schema';
import { id, text, ticked, version } from '@/lib/fields';
import { OBJECT_ID } from '@/lib/object-id';

const STORE = 'This store is not known.';

/** Of a form that may name a store; without one what is usual there. */
export const optionalStore = z
  .union([z.literal(''), z.string().regex(OBJECT_ID, STORE)], STORE)
  .optional()
  .transform((value) => value || undefined);

const facts = { name: text(60, 'Enter the name.'), branchId: optionalBranch, isCounter: ticked };
export const addStoreInput = z.object(facts);
export type AddStoreInput = z.output<typeof addStoreInput>;
export const updateStoreInput = z.object({ ...facts, storeId: id(STORE), version });
export type UpdateStoreInput = z.output<typeof updateStoreInput>;
export const storeInput = z.object({ storeId: id(STORE) });
