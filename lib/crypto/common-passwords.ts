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

/** For every way to choose a password. @throws AppError INVALID_INPUT on `field`. */
export async function refuseCommonPassword(password: string, field: string): Promise<void> {
  if (!(await isCommonPassword(password))) return;
  throw new AppError(
    'INVALID_INPUT',
    'This password is too well known. Choose another; a few words in a row are easy to remember.',
    { field },
  );
}
