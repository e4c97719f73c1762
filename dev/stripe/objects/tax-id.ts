import type Stripe from 'stripe';
import { newId, nowSeconds } from '../ids';

/** The kinds of tax ids that the product's customers have; null where the number itself names the country. */
export const TAX_ID_COUNTRY: Record<string, string | null> = {
  ae_trn: 'AE',
  au_abn: 'AU',
  ch_vat: 'CH',
  eu_vat: null,
  gb_vat: 'GB',
  in_gst: 'IN',
  np_pan: 'NP',
  nz_gst: 'NZ',
  sg_gst: 'SG',
  us_ein: 'US',
};

export const makeTaxId = (customer: string, type: string, value: string): Stripe.TaxId => ({
  id: newId('txi'),
  object: 'tax_id',
  country: TAX_ID_COUNTRY[type] ?? value.slice(0, 2).toUpperCase(),
  created: nowSeconds(),
  customer,
  customer_account: null,
  livemode: false,
  owner: { customer, customer_account: null, type: 'customer' },
  type: type as Stripe.TaxId.Type,
  value,
  verification: { status: 'pending', verified_address: null, verified_name: null },
});
