import { expect, it } from 'vitest';
import { PAPER_LANGUAGES, type PaperLanguage } from '@/lib/paper-language';
import { loadLetters, piecesOf } from '@/lib/pdf/letters';
import { FREQUENCIES, type FrequencyCode, SITES, type Site } from './dosage';
import { instructionsIn, labelWordsIn } from './instructions';

const LANGUAGES = (Object.keys(PAPER_LANGUAGES) as PaperLanguage[]).filter((one) => one !== 'en');
const drops = { form: 'drop', site: 'right', steps: [{ quarters: 4, frequency: 'qid', days: 7 }] } as const;

it('says it in the patient’s language', () => {
  expect(instructionsIn('hi', drops)).toEqual(['दाईं आँख में 1 बूँद, दिन में 4 बार, 7 दिन तक']);
  expect(instructionsIn('te', drops)).toEqual(['కుడి కంటిలో 1 చుక్క, రోజుకు 4 సార్లు, 7 రోజులు']);
  expect(instructionsIn('ta', drops)).toEqual(['வலது கண்ணில் 1 சொட்டு, ஒரு நாளைக்கு 4 முறை, 7 நாட்கள்']);
  expect(instructionsIn('en', drops)).toEqual([]);
});

it('has a line for each step of a taper', () => {
  const steps = [...drops.steps, { quarters: 8, frequency: 'bd' as const, days: null }];
  expect(instructionsIn('hi', { ...drops, steps, meals: 'after' })).toEqual([
    'दाईं आँख में 1 बूँद, दिन में 4 बार, खाने के बाद, 7 दिन तक',
    'फिर दाईं आँख में 2 बूँदें, दिन में 2 बार, खाने के बाद, लगातार',
  ]);
});

it.each(LANGUAGES)(
  'in %s says every frequency at every site, in letters that can be printed',
  async (language) => {
    const { scripts } = await loadLetters();
    const seen = new Set<string>();
    for (const site of Object.keys(SITES) as Site[])
      for (const frequency of Object.keys(FREQUENCIES) as FrequencyCode[]) {
        const [said = ''] = instructionsIn(language, {
          form: 'drop',
          site,
          steps: [{ quarters: 4, frequency, days: 7 }],
        });
        expect(said).not.toMatch(/undefined|[a-z]/);
        expect(piecesOf(said, scripts).hasUnknown).toBe(false);
        seen.add(said);
      }
    for (const said of labelWordsIn(language, { until: '5 Dec 2026', discardDays: 28 })) {
      expect(said).toMatch(/28|5 Dec 2026/);
      expect(piecesOf(said, scripts).hasUnknown).toBe(false);
    }
    // No two of them say the same.
    expect(seen.size).toBe(Object.keys(SITES).length * Object.keys(FREQUENCIES).length);
  },
);
