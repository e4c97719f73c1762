import { expect, it } from 'vitest';
import { readPdf } from '@/tests/assertions/pdf-text';
import { loadLetters, piecesOf } from './letters';
import { openSheet } from './sheet';
import { printSlip } from './slip';

const head = { organization: 'Eye Hospital', contact: '', title: 'Names', period: '', printed: '' };

/** Names and words with what pdfkit's own reader of fonts throws on, or draws wrongly. */
const NAMES = {
  telugu: ['శ్రీలక్ష్మి', 'వెంకట కృష్ణారావు', 'రాజేశ్వరి', 'కుడి కంటిలో 1 చుక్క'],
  malayalam: ['കൃഷ്ണൻ നമ്പൂതിരി', 'ലക്ഷ്മിക്കുട്ടി', 'അച്യുതൻ', 'വലത് കണ്ണിൽ'],
  gujarati: ['અંગ', 'હંસાબેન', 'જમણી આંખમાં'],
  hindi: ['श्रीमती लक्ष्मी', 'मीरा नायर', 'दाईं आँख में 1 बूँद'],
  bengali: ['ক্ষেত্রমোহন', 'সৌমিত্র বন্দ্যোপাধ্যায়', 'দেবী'],
  tamil: ['ஸ்ரீலட்சுமி', 'வலது கண்ணில் 1 சொட்டு'],
  kannada: ['ಜ್ಞಾನೇಶ್ವರಿ', 'ಲಕ್ಷ್ಮೀ'],
  punjabi: ['ਗੁਰਪ੍ਰੀਤ'],
  odia: ['ଲକ୍ଷ୍ମୀପ୍ରିୟା'],
};

it.each(Object.entries(NAMES))(
  'prints names in %s, and says of none that it cannot',
  async (_script, names) => {
    const sheet = await openSheet(head);
    sheet.table([{ label: 'Name', cell: (name: string) => name }], names, '');
    const { pages, text } = readPdf(await sheet.finish());
    expect(pages).toBe(1);
    expect(text.join('')).not.toContain('cannot print');
  },
);

it('shapes: a virama joins, and a sign before its letter moves there', async () => {
  const { scripts, shapers } = await loadLetters();
  const shape = (text: string) => {
    const [piece] = piecesOf(text, scripts).pieces;
    return shapers.get(`${piece?.script}-400`)?.(text) ?? [];
  };
  // 4 letters of 7 characters; without shaping there would be a glyph for each.
  expect(shape('క్ష్మి').length).toBeLessThan(6);
  const [first, second] = shape('कि');
  const [letter] = shape('क');
  expect(second?.id).toBe(letter?.id);
  expect(first?.id).not.toBe(letter?.id);
  // The form of a Bengali sign in the middle of a word is not that of its beginning.
  const [alone] = shape('কে');
  const inside = shape('ককে');
  expect(inside.map(({ id }) => id)).not.toContain(alone?.id);
  expect(shape('ക്ക').every(({ id }) => id !== 0)).toBe(true);
});

it('prints the same names on a slip', async () => {
  const names = Object.values(NAMES).flat();
  const slip = await printSlip('roll', { title: 'Receipt', author: 'Eye Hospital' }, (paper) => {
    for (const name of names) paper.text(name);
  });
  const { text } = readPdf(slip);
  expect(text.length).toBeGreaterThanOrEqual(names.length);
  expect(text.join('')).not.toContain('\u25a1');
});
