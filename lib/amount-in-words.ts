import { decimalOf } from './currency';

const ONES =
  'Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen Seventeen Eighteen Nineteen'.split(
    ' ',
  );
const TENS = 'Zero Ten Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety'.split(' ');

/** Unit names, and whether people count in lakh and crore. Others are written by their code. */
const UNITS: Readonly<Record<string, { one: string; many: string; part?: string; isLakh?: true }>> = {
  INR: { one: 'Rupee', many: 'Rupees', part: 'Paise', isLakh: true },
  NPR: { one: 'Rupee', many: 'Rupees', part: 'Paisa', isLakh: true },
  PKR: { one: 'Rupee', many: 'Rupees', part: 'Paisa', isLakh: true },
  LKR: { one: 'Rupee', many: 'Rupees', part: 'Cents', isLakh: true },
  BDT: { one: 'Taka', many: 'Taka', part: 'Poisha', isLakh: true },
  USD: { one: 'Dollar', many: 'Dollars', part: 'Cents' },
  EUR: { one: 'Euro', many: 'Euros', part: 'Cents' },
  GBP: { one: 'Pound', many: 'Pounds', part: 'Pence' },
  AED: { one: 'Dirham', many: 'Dirhams', part: 'Fils' },
  KWD: { one: 'Dinar', many: 'Dinars', part: 'Fils' },
  OMR: { one: 'Rial', many: 'Rials', part: 'Baisa' },
  JPY: { one: 'Yen', many: 'Yen' },
};

function belowThousand(value: number): string {
  const hundreds = Math.floor(value / 100);
  const rest = value % 100;
  const words = hundreds > 0 ? [`${ONES[hundreds]} Hundred`] : [];
  if (rest > 0 && rest < 20) words.push(ONES[rest] ?? '');
  if (rest >= 20)
    words.push([TENS[Math.floor(rest / 10)], rest % 10 ? ONES[rest % 10] : ''].filter(Boolean).join('-'));
  return words.join(' ');
}

const WESTERN = [
  [1_000_000_000_000, 'Trillion'],
  [1_000_000_000, 'Billion'],
  [1_000_000, 'Million'],
  [1_000, 'Thousand'],
] as const;
const INDIAN = [
  [10_000_000, 'Crore'],
  [100_000, 'Lakh'],
  [1_000, 'Thousand'],
] as const;

/** "Twelve Lakh Thirty-Four Thousand Five Hundred Sixty-Seven", or "One Million ..." elsewhere. */
export function numberInWords(value: number, isLakh = false): string {
  if (value === 0) return 'Zero';
  const words: string[] = [];
  let rest = value;
  for (const [size, name] of isLakh ? INDIAN : WESTERN) {
    const count = Math.floor(rest / size);
    // A hundred crore is counted in crore again.
    if (count > 0) words.push(`${count > 999 ? numberInWords(count, isLakh) : belowThousand(count)} ${name}`);
    rest %= size;
  }
  if (rest > 0) words.push(belowThousand(rest));
  return words.join(' ');
}

/** "Rupees One Lakh and Fifty Paise Only", as a receipt says an amount a second time. */
export function amountInWords(minor: number, code: string): string {
  const unit = UNITS[code];
  const [whole = '0', fraction = ''] = decimalOf(Math.abs(minor), code).split('.');
  const count = Number(whole);
  const name = unit ? (count === 1 ? unit.one : unit.many) : code;
  const words = `${minor < 0 ? 'Minus ' : ''}${name} ${numberInWords(count, unit?.isLakh ?? false)}`;
  if (Number(fraction) === 0) return `${words} Only`;
  const parts = unit?.part
    ? `${numberInWords(Number(fraction))} ${unit.part}`
    : `${fraction}/1${'0'.repeat(fraction.length)}`;
  return `${words} and ${parts} Only`;
}
