import type Stripe from 'stripe';
import type { Api } from '../api';
import { invalidRequest } from '../errors';
import { SELLER_COUNTRY } from '../objects/invoice';
import { idOf } from '../objects/subscription';
import { makeTaxId, TAX_ID_COUNTRY } from '../objects/tax-id';

/** Standard rates of the countries that a hospital may sit in; elsewhere Chakravue does not collect tax. */
const PERCENT: Record<string, number> = {
  AE: 5,
  AT: 20,
  AU: 10,
  BE: 21,
  BG: 20,
  CH: 8.1,
  CY: 19,
  CZ: 21,
  DE: 19,
  DK: 25,
  EE: 24,
  ES: 21,
  FI: 25.5,
  FR: 20,
  GB: 20,
  GR: 24,
  HR: 25,
  HU: 27,
  IE: 23,
  IN: 18,
  IT: 22,
  LT: 21,
  LU: 17,
  LV: 21,
  MT: 18,
  NL: 21,
  NP: 13,
  NZ: 15,
  PL: 23,
  PT: 23,
  RO: 21,
  SE: 25,
  SG: 9,
  SI: 22,
  SK: 23,
};

export const TAXED_COUNTRIES: readonly string[] = Object.keys(PERCENT);

/** The tax in percent that a customer pays, from the country of the address. */
export const taxPercentOf = (customer: Stripe.Customer): number =>
  customer.tax_exempt === 'exempt' || customer.tax_exempt === 'reverse'
    ? 0
    : (PERCENT[customer.address?.country ?? ''] ?? 0);

/** @throws ApiError for a kind of tax id that no customer of the product has. */
export function assertTaxIdType(type: string): void {
  if (!(type in TAX_ID_COUNTRY)) throw invalidRequest(`Invalid type: ${type}`, undefined, 'type');
}

export function storeTaxId(api: Api, customer: string, type: string, value: string): Stripe.TaxId {
  if (!/^[A-Z0-9][A-Z0-9 .-]{4,29}$/i.test(value))
    throw invalidRequest(`Invalid value for ${type}.`, 'tax_id_invalid', 'value');
  const taxId = makeTaxId(customer, type, value);
  api.store.put('taxIds', taxId.id, taxId);
  api.emit('customer.tax_id.created', taxId);
  return taxId;
}

/** The tax ids of a customer, newest first. */
export const taxIdsOf = (api: Api, customer: string): Stripe.TaxId[] =>
  api.store.newest('taxIds').filter((taxId) => taxId.customer !== null && idOf(taxId.customer) === customer);

const EU = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);

/** A business abroad with a number of its own tax office owes the tax itself. */
export function isReverseCharge(api: Api, customer: Stripe.Customer): boolean {
  const country = customer.address?.country ?? '';
  if (customer.tax_exempt === 'reverse') return true;
  if (country === '' || country === SELLER_COUNTRY || taxPercentOf(customer) === 0) return false;
  return taxIdsOf(api, customer.id).some(({ type }) =>
    type === 'eu_vat' ? EU.has(country) : TAX_ID_COUNTRY[type] === country,
  );
}
