import 'server-only';
import { stdnum, type Validator } from 'stdnum';
import type { TaxIdType } from './policy';

const withoutMarks = (value: string): string => value.toUpperCase().replace(/[\s.\-/]/g, '');

/** Of these the library knows no check digit: the shape alone. */
const SHAPES: Partial<Record<TaxIdType, RegExp>> = {
  ae_trn: /^1\d{14}$/,
  np_pan: /^\d{9}$/,
  nz_gst: /^\d{8,9}$/,
  sg_gst: /^([A-Z]\d{8}[A-Z]|\d{8,9}[A-Z]|[A-Z]\d{2}[A-Z]{2}\d{4}[A-Z])$/,
};

/** What the library calls the number that each tax office gives. */
const NAMES: Readonly<Record<string, string>> = {
  ...{ AU: 'abn', CH: 'vat', GB: 'vat', IN: 'gstin', US: 'ein' },
  ...{ AT: 'uid', BE: 'vat', BG: 'vat', CY: 'vat', CZ: 'dic', DE: 'vat', DK: 'cvr', EE: 'kmkr', ES: 'nif' },
  ...{ FI: 'alv', FR: 'tva', GR: 'vat', HR: 'oib', HU: 'anum', IE: 'vat', IT: 'iva', LT: 'pvm', LU: 'tva' },
  ...{ LV: 'pvn', MT: 'vat', NL: 'btw', PL: 'nip', PT: 'nif', RO: 'cif', SE: 'vat', SI: 'ddv', SK: 'dph' },
};

function checkOf(country: string): Validator | undefined {
  const ofCountry: Readonly<Record<string, Validator>> | undefined = stdnum[country];
  return ofCountry?.[NAMES[country] ?? ''];
}

/** Greece writes EL before its numbers. */
const prefixOf = (country: string): string => (country === 'GR' ? 'EL' : country);

/**
 * A tax number as Stripe wants it, with the prefix of its country where it has one; null where it does not
 * fit its check digits.
 */
export function readTaxNumber(type: TaxIdType, country: string, given: string): string | null {
  const plain = withoutMarks(given);
  const shape = SHAPES[type];
  if (shape) return shape.test(plain) ? plain : null;
  const prefix = type === 'eu_vat' || type === 'gb_vat' ? prefixOf(country) : '';
  const number = prefix && plain.startsWith(prefix) ? plain.slice(prefix.length) : plain;
  return checkOf(country)?.validate(number).isValid ? `${prefix}${number}` : null;
}
