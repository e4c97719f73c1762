import { keysOf } from './query-words';

/**
 * The languages that papers are printed in. English is on each paper; another one stands beside it. To add
 * one: its name here, its words in lib/money-words.ts and in features/record/prescriptions/instructions.ts.
 */
export const PAPER_LANGUAGES = { en: 'English', hi: 'हिन्दी', te: 'తెలుగు', ta: 'தமிழ்' } as const;
export type PaperLanguage = keyof typeof PAPER_LANGUAGES;

/** How people at the desk spell the names of the languages that papers are printed in. */
const SPELLINGS: Record<Exclude<PaperLanguage, 'en'>, readonly string[]> = {
  hi: ['hindi', 'hindhi', 'hindustani', 'हिन्दी', 'हिंदी'],
  te: ['telugu', 'telgu', 'thelugu', 'తెలుగు'],
  ta: ['tamil', 'tamizh', 'thamizh', 'thamil', 'தமிழ்'],
};

/**
 * The language of a patient's papers: the first of what is spoken that papers are printed in, English where
 * none is.
 */
export function paperLanguageOf(spoken: string | null | undefined): PaperLanguage {
  for (const word of (spoken ?? '')
    .toLowerCase()
    .normalize('NFC')
    .split(/[\s,;/&()]+/)) {
    if (word === 'english' || word === 'en') return 'en';
    const found = keysOf(SPELLINGS).find((code) => code === word || SPELLINGS[code].includes(word));
    if (found) return found;
  }
  return 'en';
}
