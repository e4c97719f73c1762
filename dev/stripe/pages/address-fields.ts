import type Stripe from 'stripe';
import { TAXED_COUNTRIES } from '../flows/tax';
import { textField } from './card-fields';
import { type Html, html } from './html';

export type AddressForm = {
  line1: string;
  city: string;
  state: string;
  postalCode: string;
  country: string;
};
export type AddressErrors = Partial<Record<keyof AddressForm, string>>;

const OTHER_COUNTRIES = 'BD BT CA KE LK MM MV NG OM QA SA TZ UG US ZA'.split(' ');
const names = new Intl.DisplayNames('en', { type: 'region' });
const COUNTRIES = [...new Set([...TAXED_COUNTRIES, ...OTHER_COUNTRIES])]
  .map((code) => ({ code, name: names.of(code) ?? code }))
  .sort((a, b) => a.name.localeCompare(b.name));

/** What is known already stands in the fields; Stripe's page takes the country from the payer's network. */
export const addressFormOf = (address: Stripe.Address | null | undefined): AddressForm => ({
  line1: address?.line1 ?? '',
  city: address?.city ?? '',
  state: address?.state ?? '',
  postalCode: address?.postal_code ?? '',
  country: address?.country ?? 'US',
});

export function readAddress(form: URLSearchParams): { address: AddressForm; errors: AddressErrors } {
  const text = (name: string) => (form.get(name) ?? '').trim();
  const address = {
    ...{ line1: text('line1'), city: text('city'), state: text('state') },
    ...{ postalCode: text('postalCode'), country: text('country') },
  };
  const errors: AddressErrors = {};
  if (address.line1 === '') errors.line1 = 'Enter the street and number.';
  if (address.city === '') errors.city = 'Enter the city.';
  if (!COUNTRIES.some(({ code }) => code === address.country)) errors.country = 'Choose the country.';
  return { address, errors };
}

/** The billing address, from which the tax is computed. */
export function addressFields(values: AddressForm, errors: AddressErrors): Html {
  const field = (name: Exclude<keyof AddressForm, 'country'>, label: string, autocomplete: string) =>
    textField({ name, label, value: values[name], autocomplete, error: errors[name] });
  return html`<fieldset><legend>Billing address</legend>
<div class="field"><label for="country">Country or region</label><select id="country" name="country" autocomplete="country">${COUNTRIES.map(
    ({ code, name }) =>
      html`<option value="${code}"${code === values.country && html` selected`}>${name}</option>`,
  )}</select>${errors.country && html`<p class="error">${errors.country}</p>`}</div>
${field('line1', 'Address', 'address-line1')}<div class="pair">${field('city', 'City', 'address-level2')}${field('postalCode', 'Postal code', 'postal-code')}</div>${field('state', 'State', 'address-level1')}</fieldset>`;
}
