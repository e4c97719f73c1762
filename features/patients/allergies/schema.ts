import { z } from 'zod';
import { id, optionalText, text } from '@/lib/fields';
import { SEVERITY_IDS } from './policy';

const patientId = id('This patient is not known.');

export const addAllergyInput = z.object({
  patientId,
  substance: text(80, 'Write what the patient is allergic to.'),
  reaction: optionalText(200),
  severity: z
    .enum([...SEVERITY_IDS, ''], 'Choose one from the list.')
    .optional()
    .transform((value) => value || undefined),
  /** As people say it: a year, "childhood". */
  since: optionalText(40),
});
export type AddAllergyInput = z.output<typeof addAllergyInput>;

export const endAllergyInput = z.object({
  allergyId: id('This allergy is not known.'),
  endReason: text(200, 'Say why it no longer holds.'),
});
export type EndAllergyInput = z.output<typeof endAllergyInput>;

/** Somebody asked: there are none, or the list holds as it is. */
export const confirmAllergiesInput = z.object({ patientId });
export type ConfirmAllergiesInput = z.output<typeof confirmAllergiesInput>;
