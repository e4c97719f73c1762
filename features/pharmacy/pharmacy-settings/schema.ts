import { z } from 'zod';
import { optionalText, ticked, version } from '@/lib/fields';

export const pharmacySettingsInput = z.object({
  licences: optionalText(200),
  pharmacist: optionalText(120),
  returnDays: z
    .string()
    .trim()
    .regex(/^\d{0,3}$/, 'Enter the days as a whole number, or leave them out for no limit.')
    .optional()
    .transform((value) => (value ? Number(value) : undefined)),
  isOpenedTaken: ticked,
  isScanAsked: ticked,
  version,
});
export type PharmacySettingsInput = z.output<typeof pharmacySettingsInput>;
