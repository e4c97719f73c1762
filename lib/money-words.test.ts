import { expect, it } from 'vitest';
import { moneyWordsIn } from './money-words';
import { PAPER_LANGUAGES, type PaperLanguage } from './paper-language';
import { loadLetters, piecesOf } from './pdf/letters';

const LANGUAGES = (Object.keys(PAPER_LANGUAGES) as PaperLanguage[]).filter((one) => one !== 'en');

it('stands beside the English, and nothing is said where there is no word', () => {
  expect(moneyWordsIn('te')('Total')).toBe('Total / మొత్తం');
  expect(moneyWordsIn('hi')('Receipt')).toBe('Receipt / रसीद');
  expect(moneyWordsIn('en')('Total')).toBe('Total');
  // What the law calls a paper, and what a service is called, stay as they are.
  for (const label of ['Tax invoice', 'Bill of supply', 'Cataract surgery', 'constructor', ''])
    expect(moneyWordsIn('ta')(label)).toBe(label);
});

it.each(LANGUAGES)('in %s is in letters that can be printed, another word for each', async (language) => {
  const { scripts } = await loadLetters();
  const labels = ['Bill', 'Receipt', 'Number', 'Date', 'Patient', 'Total', 'Paid', 'Due', 'Cash', 'Received'];
  const said = labels.map(moneyWordsIn(language));
  for (const [index, one] of said.entries()) {
    expect(one.startsWith(`${labels[index]} / `)).toBe(true);
    expect(piecesOf(one, scripts).hasUnknown).toBe(false);
  }
  expect(new Set(said.map((one) => one.split(' / ')[1])).size).toBe(labels.length);
});
