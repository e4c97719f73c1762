// The money of an organization: whole numbers in the smallest unit of its currency, so that nothing is lost
// between a price and a total. What the organization pays us is lib/money.ts.
import { numberFormat } from './formats';

const BY_COUNTRY: Readonly<Record<string, string>> = {
  ...{ AE: 'AED', AF: 'AFN', AU: 'AUD', BD: 'BDT', BH: 'BHD', BR: 'BRL', BT: 'BTN', CA: 'CAD', CH: 'CHF' },
  ...{ CL: 'CLP', CN: 'CNY', CO: 'COP', CZ: 'CZK', DK: 'DKK', EG: 'EGP', ET: 'ETB', GB: 'GBP', GH: 'GHS' },
  ...{ HK: 'HKD', HU: 'HUF', ID: 'IDR', IL: 'ILS', IN: 'INR', IQ: 'IQD', JO: 'JOD', JP: 'JPY', KE: 'KES' },
  ...{ KH: 'KHR', KR: 'KRW', KW: 'KWD', LB: 'LBP', LK: 'LKR', MA: 'MAD', MM: 'MMK', MV: 'MVR', MX: 'MXN' },
  ...{ MY: 'MYR', NG: 'NGN', NO: 'NOK', NP: 'NPR', NZ: 'NZD', OM: 'OMR', PE: 'PEN', PH: 'PHP', PK: 'PKR' },
  ...{ PL: 'PLN', QA: 'QAR', RO: 'RON', RW: 'RWF', SA: 'SAR', SE: 'SEK', SG: 'SGD', TH: 'THB', TN: 'TND' },
  ...{ TR: 'TRY', TW: 'TWD', TZ: 'TZS', UA: 'UAH', UG: 'UGX', US: 'USD', VN: 'VND', ZA: 'ZAR', ZM: 'ZMW' },
};
const EURO = 'AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'.split(' ');

/** The currency of a country; dollars where we do not know it, which the organization's settings correct. */
export const currencyOf = (country: string): string =>
  BY_COUNTRY[country] ?? (EURO.includes(country) ? 'EUR' : 'USD');

/** How an organization writes its money: the currency, and the locale that groups its digits. */
export type Currency = { code: string; locale: string };

/** English words with the country's own grouping: 1,00,000.00 in India. */
export const localeOf = (country: string): string => `en-${country}`;

const exponents = new Map<string, number>();

/** How many decimals the currency has: 2 for INR, 0 for JPY, 3 for KWD. Asked for each amount. */
export function exponentOf(code: string): number {
  const known = exponents.get(code);
  if (known !== undefined) return known;
  const format = numberFormat('en', { style: 'currency', currency: code });
  const exponent = format.resolvedOptions().maximumFractionDigits ?? 2;
  exponents.set(code, exponent);
  return exponent;
}

/** A decimal text of an amount, such as "1234.50"; exact, for no float comes in between. */
export function decimalOf(minor: number, code: string): string {
  const exponent = exponentOf(code);
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const sign = minor < 0 ? '-' : '';
  return exponent === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-exponent)}`;
}

function formatter({ code, locale }: Currency, style: 'currency' | 'decimal'): Intl.NumberFormat {
  const digits = exponentOf(code);
  return numberFormat(locale, {
    style,
    currency: code,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

// A text is formatted exactly, where a number of many digits would be rounded first.
const exact = (minor: number, code: string) => decimalOf(minor, code) as unknown as number;

/** "₹1,00,000.00" for 10000000 paise. */
export const formatAmount = (minor: number, currency: Currency): string =>
  formatter(currency, 'currency').format(exact(minor, currency.code));

/** "1,00,000.00": for tables, whose heading names the currency. */
export const formatFigure = (minor: number, currency: Currency): string =>
  formatter(currency, 'decimal').format(exact(minor, currency.code));

/**
 * Digits, grouped by commas or not, and at most three decimals. A comma before fewer than three is refused.
 */
const TYPED = /^(\d{1,3}(?:,\d{2,3})*,\d{3}|\d{1,9})(?:\.(\d{1,3}))?$/;
/** Times a thousand pieces and a hundred lines this is still counted exactly. */
const MOST_DIGITS = 9;

/**
 * What people type as an amount, without its grouping: "1,00,000.5" is "100000.5". Null for anything else.
 */
export function readDecimal(text: string): string | null {
  const found = TYPED.exec(text.trim());
  const whole = found?.[1]?.replaceAll(',', '') ?? '';
  if (!found || whole.length > MOST_DIGITS) return null;
  return found[2] ? `${whole}.${found[2]}` : whole;
}

/** The most that an amount may be, as it is said. */
export const MOST_AMOUNT = (10 ** MOST_DIGITS - 1).toLocaleString('en');

/** An amount that is only too large. */
export function isBeyondAmounts(text: string): boolean {
  const [whole = '', fraction = '0', ...rest] = text.trim().replaceAll(',', '').split('.');
  const isFigure = rest.length === 0 && /^\d+$/.test(whole) && /^\d+$/.test(fraction);
  return isFigure && whole.replace(/^0+/, '').length > MOST_DIGITS;
}

/** What is wrong with an amount while it is typed, or null. */
export function amountProblem(typed: string): string | null {
  if (!typed.trim() || readDecimal(typed) !== null) return null;
  return isBeyondAmounts(typed) ? `Write at most ${MOST_AMOUNT}.` : 'Write a number such as 1250.50.';
}

/** A decimal text in the smallest unit; null when it has more decimals than the currency. */
export function minorOf(decimal: string, code: string): number | null {
  const exponent = exponentOf(code);
  const [whole = '', fraction = ''] = decimal.split('.');
  if (fraction.length > exponent) return null;
  return Number(`${whole}${fraction.padEnd(exponent, '0')}`);
}
