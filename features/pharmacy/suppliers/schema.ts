import { z } from 'zod';
import { contactEmail, id, optionalTaxNumber, optionalText, text, ticked, version } from '@/lib/fields';

const facts = {
  name: text(120, 'Enter the name.'),
  taxNumber: optionalTaxNumber,
  licence: optionalText(80),
  phone: optionalText(40),
  email: z
    .union([z.literal(''), contactEmail('Enter the e-mail address, such as orders@example.com.')])
    .optional()
    .transform((value) => value || undefined),
  creditDays: z
    .string('Enter the days of credit.')
    .trim()
    .regex(/^\d+$/, 'Enter the days of credit as a whole number, 0 for cash.')
    .transform(Number)
    .refine((days) => days <= 365, 'Enter the days of credit, at most 365.'),
};

export const addSupplierInput = z.object(facts);
export type AddSupplierInput = z.output<typeof addSupplierInput>;
export const updateSupplierInput = z.object({
  ...facts,
  supplierId: id('This supplier is not known.'),
  isActive: ticked,
  version,
});
export type UpdateSupplierInput = z.output<typeof updateSupplierInput>;
