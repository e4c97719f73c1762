/**
 * The scripts of India stand in Unicode one after another in the same order of letters, so that one row of
 * consonants reads all of them. Vowels are of no use to a sound; one at the beginning is an "a".
 */
const FIRST_SCRIPT = 0x0900;
const LAST_SCRIPT = 0x0d7f;
const A_SCRIPT = 0x80;
const TAMIL = 0x0b80;

const FIRST_CONSONANT = 0x15;
const CONSONANTS = [
  ...['k', 'kh', 'g', 'g', 'n', 'ch', 'ch', 'j', 'j', 'n'],
  ...['t', 't', 'd', 'd', 'n', 't', 't', 'd', 'd', 'n', 'n'],
  ...['p', 'ph', 'b', 'b', 'm', 'y', 'r', 'r', 'l', 'l', 'l', 'v', 'sh', 'sh', 's', 'h'],
];
const LABIALS = ['p', 'ph', 'b', 'm'];
const VIRAMA = 0x4d;
const ANUSVARA = 0x02;
// Malayalam writes some consonants without a vowel as letters of their own.
const CHILLU: Record<number, string> = { 122: 'n', 123: 'n', 124: 'r', 125: 'l', 126: 'l', 127: 'k' };
// Tamil has one letter for both; between vowels it is the soft one.
const SOFT: Record<string, string> = { k: 'g', p: 'b' };

type Letter = { at: number; script: number };

function letterOf(character: string): Letter | null {
  const code = character.codePointAt(0) ?? 0;
  if (code < FIRST_SCRIPT || code > LAST_SCRIPT) return null;
  return { at: code % A_SCRIPT, script: code - (code % A_SCRIPT) };
}

const consonantOf = (letter: Letter | null | undefined): string | undefined =>
  letter ? CONSONANTS[letter.at - FIRST_CONSONANT] : undefined;

/**
 * A word of a script of India in Latin letters, as far as its sound needs: each vowel is an "a". Any other
 * word is as it was. Tamil writes the "ksh" of Lakshmi and Meenakshi as "tch".
 */
export function latinOf(word: string): string {
  const characters = [...word.replaceAll('ட்ச', 'க்ஷ')];
  const letters = characters.map(letterOf);
  return characters
    .map((character, index) => {
      const letter = letters[index];
      if (!letter) return character;
      const consonant = consonantOf(letter);
      if (consonant) {
        const heard = isSoft(letters, index) ? (SOFT[consonant] ?? consonant) : consonant;
        return letters[index + 1]?.at === VIRAMA ? heard : `${heard}a`;
      }
      if (letter.at === ANUSVARA) return LABIALS.includes(consonantOf(letters[index + 1]) ?? '') ? 'm' : 'n';
      if (index === 0) return 'a';
      return CHILLU[letter.at] ?? '';
    })
    .join('');
}

function isSoft(letters: readonly (Letter | null)[], index: number): boolean {
  const letter = letters[index];
  if (letter?.script !== TAMIL || index === 0 || letters[index + 1]?.at === VIRAMA) return false;
  if (letters[index - 1]?.at !== VIRAMA) return true;
  return ['n', 'm'].includes(consonantOf(letters[index - 2]) ?? '');
}
