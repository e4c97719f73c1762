import 'server-only';
import type Stripe from 'stripe';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { stripe } from '@/lib/stripe/client';
import { invoiceFieldsOf, isKnownType, type TaxIdType } from './policy';

type Maybe<T> = T | null | undefined;
export type KnownDetails = {
  legalName: string;
  address: {
    line1: string;
    line2?: Maybe<string>;
    city?: Maybe<string>;
    state?: Maybe<string>;
    postalCode?: Maybe<string>;
    country: string;
  };
  taxId?: Maybe<{ type: TaxIdType; value: string }>;
  emails: readonly string[];
  purchaseOrder?: Maybe<string>;
};

/** The details in the words of a Stripe customer, from which each invoice takes them. */
const customerFields = ({ legalName, address, emails, purchaseOrder }: KnownDetails) => ({
  name: legalName,
  address: {
    line1: address.line1,
    line2: address.line2 ?? '',
    city: address.city ?? '',
    state: address.state ?? '',
    postal_code: address.postalCode ?? '',
    country: address.country,
  },
  ...(emails[0] ? { email: emails[0] } : {}),
  invoice_settings: invoiceSettings(address.country, purchaseOrder),
});

/** Stripe takes an empty text for none. */
export function invoiceSettings(country: string, purchaseOrder?: Maybe<string>) {
  const fields = invoiceFieldsOf(country, { purchaseOrder, sac: env().BILLING_SAC });
  return { custom_fields: fields.length > 0 ? fields : ('' as const) };
}

const isRefusedTaxId = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'tax_id_invalid';

/** One tax number and no other: the new one first, so that an invoice between the two has one. */
async function putTaxId(customer: string, taxId: KnownDetails['taxId']): Promise<void> {
  const { data } = await stripe().customers.listTaxIds(customer, { limit: 100 });
  const isSame = ({ type, value }: Stripe.TaxId) =>
    taxId !== null && taxId !== undefined && type === taxId.type && value === taxId.value;
  if (taxId && !data.some(isSame)) {
    try {
      await stripe().customers.createTaxId(customer, { type: taxId.type, value: taxId.value });
    } catch (cause) {
      if (!isRefusedTaxId(cause)) throw cause;
      throw new AppError('INVALID_INPUT', 'Our payment partner does not take this tax number. Check it.', {
        field: 'taxId',
        cause,
      });
    }
  }
  // Of a kind that our form does not know, it was given on Stripe's own page, and stays.
  for (const other of data.filter((each) => isKnownType(each.type) && !isSame(each)))
    await stripe().customers.deleteTaxId(customer, other.id);
}

/**
 * Brings a customer at Stripe to the details; doing it twice is the same as once.
 * @throws AppError INVALID_INPUT on the tax number that Stripe refuses, before anything else is changed.
 */
export async function putDetails(customer: string, details: KnownDetails, fallbackEmail: string) {
  await putTaxId(customer, details.taxId);
  await stripe().customers.update(customer, { email: fallbackEmail, ...customerFields(details) });
}
