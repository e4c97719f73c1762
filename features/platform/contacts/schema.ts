import { z } from 'zod';
import { contactEmail, id, optionalText, text, version } from '@/lib/fields';

const organizationId = id('We could not find that organization.');
const contactId = id('We could not find that contact.');

const facts = z.object({
  organizationId,
  name: text(120, 'Enter a name.'),
  position: optionalText(120),
  email: z
    .union([z.literal(''), contactEmail('Enter an e-mail address such as asha@hospital.in.').max(254)])
    .optional()
    .transform((value) => value || undefined),
  phone: optionalText(40),
});
export const addContactInput = facts;
export type AddContactInput = z.output<typeof addContactInput>;
export const saveContactInput = facts.extend({ contactId, version });
export type SaveContactInput = z.output<typeof saveContactInput>;
export const removeContactInput = z.object({ organizationId, contactId });
export type RemoveContactInput = z.output<typeof removeContactInput>;
