import { AppError } from './errors';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const GSTIN = /^(0[1-9]|[12]\d|3[0-8]|9[67])[A-Z]{5}\d{4}[A-Z][0-9A-Z]Z[0-9A-Z]$/;

/** The check digit of an Indian GSTIN: base 36, weights 1 and 2, quotient and remainder added. */
export function gstinCheckDigit(first14: string): string {
  let sum = 0;
  for (const [index, letter] of [...first14].entries()) {
    const product = DIGITS.indexOf(letter) * (index % 2 === 0 ? 1 : 2);
    sum += Math.floor(product / 36) + (product % 36);
  }
  return DIGITS[(36 - (sum % 36)) % 36] ?? '';
}

/** The shape of any country's tax number: letters, digits, spaces and dashes. */
export const TAX_NUMBER = /^[A-Z0-9][A-Z0-9 -]{3,19}$/;

/**
 * True for a GSTIN with its check digit in India. Of other countries' numbers we know no rules but that
 * shape, also where one has the length of a GSTIN, as the Emirates' has.
 */
export const isTaxNumber = (country: string, value: string): boolean =>
  country === 'IN'
    ? GSTIN.test(value) && gstinCheckDigit(value.slice(0, 14)) === value[14]
    : TAX_NUMBER.test(value);

/** @throws AppError INVALID_INPUT on `taxNumber` for a number that is not one of the country. */
export function assertTaxNumber(country: string, value: string | undefined): void {
  if (value && !isTaxNumber(country, value))
    throw new AppError('INVALID_INPUT', 'Check the GSTIN: it does not fit its check digit.', {
      field: 'taxNumber',
    });
}
