import { createHash } from 'node:crypto';

/** What is kept of a card. `behavior` is decided by the test number, as in Stripe's test mode. */
export type CardDetails = {
  brand: string;
  last4: string;
  expMonth: number;
  expYear: number;
  name: string;
  fingerprint: string;
  behavior: 'succeeds' | 'declined' | 'confirm' | 'declined_later';
};

export type CardField = 'number' | 'expiry' | 'cvc' | 'name';
export type CardForm = Record<CardField, string>;
export type CardResult =
  | { card: CardDetails; errors?: undefined }
  | { card?: undefined; errors: Partial<CardForm> };

const BEHAVIOR: Record<string, CardDetails['behavior']> = {
  '4000000000000002': 'declined',
  '4000002500003155': 'confirm',
  // Can be saved, but each later charge fails: a renewal that is not paid.
  '4000000000000341': 'declined_later',
};

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

function brandOf(digits: string): string {
  if (digits.startsWith('4')) return 'visa';
  if (/^(5[1-5]|2[2-7])/.test(digits)) return 'mastercard';
  if (/^3[47]/.test(digits)) return 'amex';
  if (/^(6011|65|64[4-9])/.test(digits)) return 'discover';
  return 'unknown';
}

function readExpiry(text: string): { month: number; year: number } | null {
  const match = /^(\d{1,2})\s*\/?\s*(\d{2}|\d{4})$/.exec(text.trim());
  const month = Number(match?.[1]);
  const year = Number(match?.[2]);
  if (!match || month < 1 || month > 12) return null;
  return { month, year: year < 100 ? 2000 + year : year };
}

/** Checks what was typed, with the sentences of Stripe's own payment page. */
export function readCard(form: CardForm, today = new Date()): CardResult {
  const digits = form.number.replace(/[\s-]/g, '');
  const errors: Partial<CardForm> = {};
  if (digits === '') errors.number = 'Enter your card number.';
  else if (!/^\d{12,19}$/.test(digits) || !passesLuhn(digits)) errors.number = 'Your card number is invalid.';

  const expiry = readExpiry(form.expiry);
  if (form.expiry.trim() === '') errors.expiry = 'Enter the expiry date, for example 12 / 34.';
  else if (!expiry) errors.expiry = 'Your card’s expiry date is incomplete. Write it as MM / YY.';
  else if (expiry.year * 12 + expiry.month < today.getFullYear() * 12 + today.getMonth() + 1)
    errors.expiry = 'Your card’s expiry date is in the past.';
  else if (expiry.year > today.getFullYear() + 50) errors.expiry = 'Your card’s expiry year is invalid.';

  const cvcLength = brandOf(digits) === 'amex' ? 4 : 3;
  if (form.cvc.trim() === '') errors.cvc = 'Enter the security code.';
  else if (!new RegExp(`^\\d{${cvcLength}}$`).test(form.cvc.trim()))
    errors.cvc = 'Your card’s security code is incomplete.';
  if (form.name.trim() === '') errors.name = 'Enter the name on the card.';

  if (!expiry || Object.keys(errors).length > 0) return { errors };
  return {
    card: {
      brand: brandOf(digits),
      last4: digits.slice(-4),
      expMonth: expiry.month,
      expYear: expiry.year,
      name: form.name.trim(),
      fingerprint: createHash('sha256').update(`local ${digits}`).digest('hex').slice(0, 16),
      behavior: BEHAVIOR[digits] ?? 'succeeds',
    },
  };
}
