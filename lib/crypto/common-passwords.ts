import 'server-only';
import { AppError } from '../errors';

/** Words of this product, which no general list has. */
const OURS = ['chakravue', 'chakravyuha', 'eyehospital', 'eyeclinic', 'ophthalmology'];
/** Digits and signs around a known word that do not make it unknown: `Password2026!` is `password`. */
const TRIMMINGS = 6;

let loading: Promise<ReadonlySet<string>> | undefined;

async function load(): Promise<ReadonlySet<string>> {
  // Half a megabyte that only a new password needs.
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set([...dictionary['passwords-common'], ...OURS]);
}

/** Whether a password is among the 49,000 most used ones, such a one with trimmings, or one said several times. */
export async function isCommonPassword(password: string): Promise<boolean> {
  loading ??= load();
  const known = await loading;
  const folded = password.toLowerCase();
  const unit = /^(.{1,8}?)\1+$/su.exec(folded)?.[1];
  if (known.has(folded) || (unit && (unit.length < 4 || known.has(unit)))) return true;
  const core = folded.replace(/^[\d\W_]+|[\d\W_]+$/g, '');
  return core.length >= 4 && folded.length - core.length <= TRIMMINGS && known.has(core);
}

/** What must be left of a password besides what everybody knows of its person. */
const OF_ONES_OWN = 6;

/** Whether a password is little more than names that go with the account: the person's, the hospital's, the address. */
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
