import { z } from 'zod';
import { id, optionalText, postedList, ticked, version } from '@/lib/fields';

const licences = optionalText(200);
const pharmacist = optionalText(120);
const UNREADABLE = 'What branches print could not be read. Open this page again.';
/** More than any plan has. */
const MOST_BRANCHES = 200;
const ofBranch = z.object({ branchId: id(UNREADABLE), licences, pharmacist });

export const pharmacySettingsInput = z.object({
  licences,
  pharmacist,
  /** Of the branches that the form has shown; left as they are without it. */
  ofBranches: z
    .string(UNREADABLE)
    .max(100_000, UNREADABLE)
    .optional()
    .transform((value, ctx) => {
      if (!value) return undefined;
      const parsed = z.array(ofBranch, UNREADABLE).safeParse(postedList(value, MOST_BRANCHES));
      if (parsed.success) return parsed.data;
      ctx.addIssue({ code: 'custom', message: parsed.error.issues[0]?.message ?? UNREADABLE });
      return z.NEVER;
    }),
  returnDays: z
    .string()
    .trim()
    .regex(/^\d*$/, 'Enter the days as a whole number, or leave them out for no limit.')
    .refine((value) => Number(value) <= 999, 'Enter at most 999 days, or leave them out for no limit.')
    .optional()
    .transform((value) => (value ? Number(value) : undefined)),
  isOpenedTaken: ticked,
  isScanAsked: ticked,
  version,
});
export type PharmacySettingsInput = z.output<typeof pharmacySettingsInput>;
