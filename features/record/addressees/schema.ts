import { z } from 'zod';
import { chosenId, contactEmail, optionalText, revision, text } from '@/lib/fields';

/** What is known of somebody whom patients are sent to; a letter asks for the same. */
export const addresseeFields = {
  speciality: optionalText(80),
  place: optionalText(200),
  phone: optionalText(40),
  email: optionalText(254).pipe(contactEmail('Enter an e-mail address such as name@example.com.').optional()),
};

export const saveAddresseeInput = z
  .object({
    addresseeId: optionalText(24),
    name: text(120, 'Enter the name.'),
    ...addresseeFields,
    version: revision.optional(),
  })
  .refine(({ addresseeId, version: opened }) => !addresseeId || opened, 'Open this again.');
export type SaveAddresseeInput = z.output<typeof saveAddresseeInput>;

export const addresseeInput = z.object({ addresseeId: chosenId('Choose an addressee.') });
