import { nameKey } from '@/lib/name-key';

/** Fewer letters than this are no name. */
const LEAST = 3;
/** What the name of one medicine may be long. */
export const LONGEST_NAME = 120;
export const LONGEST_CODE = 40;

/** By which two names of a product are the same: also without the signs that are set between words. */
export const productKey = (name: string): string =>
  nameKey(name.replace(/[^\p{L}\p{M}\p{N}%.]+/gu, ' ')).replaceAll(' %', '%');
/** Of a code, which no name can be. */
export const codeKey = (code: string): string => `#${nameKey(code).replaceAll(' ', '')}`;

/** A supplier's own word for a medicine, on its way to be remembered. */
export type Called = { theirName?: string | undefined; theirCode?: string | undefined };

/** The keys under which a line is looked for, the code first: it is the surer one. */
export const keysOfCalled = ({ theirName = '', theirCode = '' }: Called): string[] => [
  ...(theirCode.trim() ? [codeKey(theirCode)] : []),
  ...(productKey(theirName).length >= LEAST ? [productKey(theirName)] : []),
];

/** What of it is the supplier's own: a name that is ours is found without being remembered. */
export function ownWords(called: Called, ourName: string): Called {
  const isOurs = productKey(called.theirName ?? '') === productKey(ourName);
  const theirName =
    !isOurs && productKey(called.theirName ?? '').length >= LEAST ? called.theirName : undefined;
  const theirCode = called.theirCode?.trim() ? called.theirCode : undefined;
  return { ...(theirName ? { theirName } : {}), ...(theirCode ? { theirCode } : {}) };
}

/** Whether a code that was scanned may be a supplier's own: no number of a pack, whole or cut off. */
export const isOwnCode = (scanned: string): boolean =>
  /^[\p{L}\p{N}][\p{L}\p{N}\-/. ]{1,29}$/u.test(scanned) && !/^(\d{8,}|01\d{14}.*)$/.test(scanned);
