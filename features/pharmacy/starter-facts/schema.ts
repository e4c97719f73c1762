import { z } from 'zod';

const AGAIN = 'Open this page again.';

/** Medicines that get what the list to begin with says, each as it was shown. */
export const takeStarterFactsInput = z.object({
  medicines: z
    .array(z.string().regex(/^[0-9a-f]{24}:[\w-]{22}$/, AGAIN), AGAIN)
    .default([])
    .refine((marks) => marks.length > 0, 'Choose at least one medicine.')
    .refine((marks) => marks.length <= 100, 'Choose fewer medicines.')
    .transform((marks) => marks.map((mark) => ({ medicineId: mark.slice(0, 24), version: mark.slice(25) }))),
});
export type TakeStarterFactsInput = z.output<typeof takeStarterFactsInput>;
