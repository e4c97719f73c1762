import { createHash } from 'node:crypto';
import { AppError } from './errors';

/** Of a form: a number that a record counts, or what `revisionOf` makes of a record that counts none. */
export type Version = number | string;

/** What a form sends, or a caller without a form, which has nothing that could be out of date. */
export type FromForm<T extends { version: Version }> = Omit<T, 'version'> & { version?: T['version'] };

/**
 * What a form shows of a record, as a short text: another text means that somebody has saved other values.
 * Of the fields of the form alone, so that a colleague who changes something else stands in nobody's way.
 */
export function revisionOf(shown: object): string {
  const said = Object.entries(shown).map(([name, value]) => [name, value ?? '']);
  return createHash('sha256').update(JSON.stringify(said.sort())).digest('base64url').slice(0, 22);
}

/**
 * Called in the transaction of the change, with what is stored.
 * @param opened what the form was opened with; undefined of a caller without a form
 * @throws AppError CONFLICT when somebody has saved something else since.
 */
export function assertUnchanged(shown: object, opened: Version | undefined): void {
  if (opened === undefined || opened === revisionOf(shown)) return;
  throw new AppError(
    'CONFLICT',
    'A colleague has changed this meanwhile. Nothing was overwritten, and what you typed is still here.',
  );
}
