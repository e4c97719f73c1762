import { z } from 'zod';
import { isCountry } from '@/lib/countries';
import { contactEmail, optionalText, revision, text } from '@/lib/fields';
import { needsState } from './policy';

const MOST_EMAILS = 3;

/** Addresses in one field, with commas, spaces or lines between them. */
const emails = z
  .string()
  .max(800, 'Use at most 800 characters.')
  .default('')
  .transform((value) => [
    ...new Map(
      value
        .split(/[\s,;]+/)
        .filter(Boolean)
        .map((email) => [email.toLowerCase(), email] as const),
    ).values(),
  ])
  .pipe(
    z
      .array(
        contactEmail('Enter addresses such as accounts@hospital.in, with a comma between them.').max(254),
      )
      .max(MOST_EMAILS, `Enter at most ${MOST_EMAILS} addresses.`),
  );

const fields = z.object({
  legalName: text(150, 'Enter the name as it is registered.', 2),
  line1: text(200, 'Enter street and number.'),
  line2: optionalText(200),
  city: text(100, 'Enter the city.'),
  state: optionalText(100),
  postalCode: optionalText(20),
  country: z.string('Choose a country or region.').refine(isCountry, 'Choose a country or region.'),
  taxId: optionalText(30),
  purchaseOrder: optionalText(60),
  emails,
});

const hasState = ({ country, state }: { country: string; state?: string | undefined }): boolean =>
  !needsState(country) || Boolean(state);
const STATE = { path: ['state'], message: 'Enter the state: the tax of an invoice depends on it.' };

/** Whom our invoices are for. */
export const saveInvoiceDetailsInput = fields.extend({ version: revision }).refine(hasState, STATE);
/** The same without a form that was opened before. */
export const invoiceDetailsInput = fields.refine(hasState, STATE);

/** At sign-up, where it may be left for later; what is given is read as `invoiceDetailsInput` reads it. */
export const invoiceAtSignup = {
  invoiceLegalName: optionalText(150),
  invoiceLine1: optionalText(200),
  invoiceCity: optionalText(100),
  invoiceState: optionalText(100),
  invoicePostalCode: optionalText(20),
  invoiceTaxId: optionalText(30),
  invoicePurchaseOrder: optionalText(60),
  invoiceEmails: optionalText(800),
};
export type InvoiceAtSignup = { [K in keyof typeof invoiceAtSignup]?: string | undefined };
export type SaveInvoiceDetailsInput = z.output<typeof saveInvoiceDetailsInput>;
