import { latinOf } from './indic';
import { wordsOf } from './keys';

// How one name is written in many ways: Lakshmi and Laxmi, Chaudhary and Choudhury, Mohammed and Muhammad.
const SPELLINGS: readonly [RegExp, string][] = [
  [/ksh|x/g, 'ks'],
  [/ph/g, 'f'],
  [/(?:ck|q|c(?=[^h]|$)|kh)/g, 'k'],
  [/(?:sh|ch|z|j|s)/g, 's'],
  [/w|v|bh/g, 'b'],
  [/ng/g, 'n'],
  [/th|dh/g, 't'],
  [/d/g, 't'],
  [/gh/g, 'g'],
  [/[aeiouyh]/g, ''],
  [/(.)\1+/g, '$1'],
];

/** Whether it is a word that can be spoken. */
export const hasVowel = (typed: string): boolean => /[aeiouy]/.test(latinOf(typed));

/** How a word sounds, roughly: its consonants, those that are taken for each other as one. */
export function soundOf(typed: string): string {
  const word = latinOf(typed);
  const sound = SPELLINGS.reduce((text, [from, to]) => text.replace(from, to), word);
  return `${/^[aeiou]/.test(word) ? 'a' : ''}${sound}`;
}

/**
 * What a name is found by where it is spelled otherwise: each ordered pair of its words' sounds, as the keys
 * of its spelling are. A sound of one consonant alone says too little.
 */
export function soundKeysOf(...names: (string | undefined)[]): string[] {
  const sounds = [...new Set(wordsOf(...names).map(soundOf))].filter(Boolean);
  const keys =
    sounds.length < 2
      ? sounds
      : sounds.flatMap((one) => sounds.filter((other) => other !== one).map((other) => `${one} ${other}`));
  return keys.filter((key) => key.length > 1);
}

const soundsOf = (name: string): string[] =>
  [...new Set(wordsOf(name).map(soundOf))].filter((sound) => sound.length > 0).sort();

/** Whether two names could be taken for each other when somebody calls them out. */
export function soundsAlike(a: string, b: string): boolean {
  const [one, other] = [soundsOf(a), soundsOf(b)];
  if (one.length === 0 || other.length === 0) return false;
  return one.join(' ') === other.join(' ');
}

type Namesake = { id: string; name: string; dateOfBirth: string };

/** Why one person could be mistaken for another, or null. */
export function likeness(person: Namesake, other: Namesake): string | null {
  if (person.id === other.id) return null;
  const isSameYear = person.dateOfBirth.slice(0, 4) === other.dateOfBirth.slice(0, 4);
  if (soundsAlike(person.name, other.name))
    return isSameYear ? 'similar name, same birth year' : 'similar name';
  const shared = soundsOf(person.name).filter(
    (sound) => sound.length > 1 && soundsOf(other.name).includes(sound),
  );
  return isSameYear && shared.length > 0 ? 'a name in common, same birth year' : null;
}
