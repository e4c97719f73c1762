import { wordsOf } from '@/features/patients/patients/keys';

type Names = { name: string; genericName?: string | undefined; strength?: string | undefined };

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/\s*([%/+])\s*/g, '$1')
    .replace(/(\d)\s+(?=[a-zµμ])/g, '$1')
    .trim();

/** The words that a medicine is found by. */
export const searchKeysOf = ({ name, genericName, strength }: Names): string[] => [
  ...new Set([...wordsOf(name), ...wordsOf(genericName), ...wordsOf(strength)]),
];

/** Its place in the list. */
export const sortNameOf = ({ name, strength }: Names): string => plain(`${name} ${strength ?? ''}`);

/** What makes it the same medicine: name, form and strength, however they are spaced. */
export const identityOf = ({ name, strength, form }: Names & { form: string }): string =>
  JSON.stringify([plain(name), form, plain(strength ?? '').replaceAll(' ', '')]);
