import 'server-only';
import { AppError } from '../errors';

/** Words of this product and of where it is used, which no general list has or has far down. */
const OURS = [
  ...['chakravue', 'chakravyuha', 'eyehospital', 'eyeclinic', 'eyecare', 'eyes', 'ophthalmology', 'ophthal'],
  ...['hospital', 'clinic', 'doctor', 'vision', 'retina', 'cataract', 'netra', 'nethralaya', 'optical'],
  ...['reception', 'receptionist', 'pharmacy', 'pharmacist', 'cashier', 'optometrist', 'staff', 'owner'],
  ...['india', 'bharat', 'nepal', 'delhi', 'mumbai', 'chennai', 'bangalore', 'bengaluru', 'hyderabad'],
  ...['kolkata', 'pune', 'kathmandu', 'kerala'],
];
/** Of a list that is ordered by use: so many of the first are what people put two of together. */
const MOST_USED = 2_000;

type Known = { all: ReadonlySet<string>; most: ReadonlySet<string> };
let loading: Promise<Known> | undefined;

async function load(): Promise<Known> {
  // Half a megabyte that only a new password needs.
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  const ranked = dictionary['passwords-common'].map(String);
  return {
    all: new Set([...ranked, ...OURS]),
    most: new Set([...ranked.slice(0, MOST_USED), ...OURS]),
  };
}

/** Signs that stand for letters in what people think is clever: `P@ssw0rd`. */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '8': 'b',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};
/** Inside a word only; at its end they are decoration: `Eyecare@2026!`. */
const withLetters = (text: string): string =>
  text.replace(/(?<=\p{L})[@48310!$57](?=\p{L}|[@48310!$57]\p{L})/gu, (sign) => LOOKS_LIKE[sign] ?? sign);

const STEPS = ['01234567890123456789', '98765432109876543210'];

/** Digits that nobody has to guess: few, a year, one digit over and over, or digits in a row. */
const isUsual = (digits: string): boolean =>
  digits.length <= 4 || /^(.{1,3})\1*$/.test(digits) || STEPS.some((steps) => steps.includes(digits));

/** The words of a password when all else in it is decoration; null when there is something else. */
function wordsOf(password: string): string[] | null {
  const numbers = password.match(/\p{N}+/gu) ?? [];
  return numbers.every(isUsual) ? (password.match(/\p{L}+/gu) ?? []) : null;
}

/**
 * Whether a password is among the 49,000 most used ones, such a one with the usual decorations or signs for
 * letters, two very common words together, or one thing said several times.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  loading ??= load();
  const known = await loading;
  const folded = password.normalize('NFKC').toLowerCase();
  const unit = /^(.{1,8}?)\1+$/su.exec(folded)?.[1];
  if (known.all.has(folded) || (unit && (unit.length < 4 || known.all.has(unit)))) return true;
  return [folded, withLetters(folded)].some((text) => {
    const words = wordsOf(text);
    if (!words) return false;
    const [first = ''] = words;
    if (words.length <= 1) return first.length < 4 || known.all.has(first);
    return words.length === 2 && words.every((word) => word.length < 4 || known.most.has(word));
  });
}

/** What must be left of a password besides what everybody knows of its person. */
const OF_ONES_OWN = 6;

/**
 * Whether a password is little more than names that go with the account: the person's, the hospital's, the
 * address.
 */
export function isAboutOneself(password: string, facts: readonly string[]): boolean {
  const fold = (text: string) =>
    text
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  const words = [
    ...facts.flatMap((fact) => [fold(fact).replaceAll(' ', ''), ...fold(fact).split(' ')]),
    ...OURS,
  ]
    .filter((word) => word.length >= 3)
    .sort((a, b) => b.length - a.length);
  const folded = fold(password).replaceAll(' ', '');
  const rest = words.reduce((left, word) => left.replaceAll(word, ''), folded);
  return rest.length < folded.length && rest.length < OF_ONES_OWN;
}

/**
 * For every way to choose a password; `facts` are names and addresses that go with the account.
 * @throws AppError INVALID_INPUT on `field`.
 */
export async function refuseCommonPassword(
  password: string,
  field: string,
  facts: readonly string[] = [],
): Promise<void> {
  if (isAboutOneself(password, facts))
    throw new AppError(
      'INVALID_INPUT',
      "This password is mostly your own or the organization's name, which others can guess. Choose another; a few words in a row are easy to remember.",
      { field },
    );
  if (!(await isCommonPassword(password))) return;
  throw new AppError(
    'INVALID_INPUT',
    'This password is too well known. Choose another; a few words in a row are easy to remember.',
    { field },
  );
}
