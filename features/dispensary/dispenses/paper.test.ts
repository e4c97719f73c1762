import { expect, it } from 'vitest';
import { renderPaper } from '@/lib/pdf/paper';
import { readPdf } from '@/tests/assertions/pdf-text';
import { labelPaper } from './paper';
import type { DispensedLine } from './policy';

const early = { batchId: '1', lotNumber: 'MX-7', expiresOn: '2027-03-31', quantity: 2 };
const drops: DispensedLine = {
  lineId: 'a',
  name: 'Moxifloxacin 0.5 %',
  unit: 'bottle',
  quantity: 3,
  medicineId: 'm',
  dosage: { form: 'drop', site: 'right', steps: [{ quarters: 4, frequency: 'qid', days: 7 }] },
  lots: [early, { batchId: '2', lotNumber: 'MX-8', expiresOn: '2027-06-30', quantity: 1 }],
};
const facts = {
  patient: { name: 'Asha Rao', number: 'P-7' },
  ...{ startsOn: '2026-11-29', day: '2026-11-30', pharmacy: 'Lake Eye Hospital', printed: 'By Meera' },
  ...{ language: 'te' as const, openDays: new Map(), size: 'label' as const, skip: 0 },
};
const labelsIn = (lines: DispensedLine[], rest: Partial<Parameters<typeof labelPaper>[1]> = {}) => {
  const [block] = labelPaper(lines, { ...facts, ...rest }).blocks;
  return block?.kind === 'labels' ? block.labels : [];
};

it('says whose it is, how it is used and until when, of which lot, and when it is thrown away', () => {
  const labels = labelsIn([drops]);
  expect(labels).toHaveLength(3);
  expect(labels[2]).toEqual({
    head: 'Asha Rao, P-7',
    title: 'Moxifloxacin 0.5 %',
    lines: [
      '1 drop in the right eye 4 times a day for 1 week',
      'Until 5 Dec 2026, lot MX-8, exp 06/2027',
      'Opened ____________ discard 28 days later',
    ],
    local: ['కుడి కంటిలో 1 చుక్క, రోజుకు 4 సార్లు, 7 రోజులు', '5 Dec 2026 వరకు. తెరిచిన 28 రోజుల తర్వాత పారవేయండి'],
    foot: 'Lake Eye Hospital, 30 Nov 2026',
  });
});

it('has one label for loose tablets, none for what was not given, and the days of the medicine itself', () => {
  const tablets: DispensedLine = {
    ...drops,
    ...{ unit: 'tablet', quantity: 14, lots: [{ ...early, quantity: 14 }] },
    dosage: { form: 'tablet', site: 'oral', steps: [{ quarters: 4, frequency: 'prn', days: null }] },
  };
  const [label, ...more] = labelsIn([tablets, { ...drops, quantity: 0, lots: [] }], { language: 'en' });
  expect(more).toEqual([]);
  expect(label?.lines).toEqual([
    '1 tablet by mouth when needed, ongoing',
    '14 tablets, lot MX-7, exp 03/2027',
  ]);
  expect(label?.local).toEqual([]);
  const [own] = labelsIn([drops], { openDays: new Map([['m', 90]]) });
  expect(own?.lines.at(-1)).toContain('discard 90 days later');
});

const boxOf = (file: Buffer) => /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(file.toString('latin1'));

it('is a page of 50 x 25 mm for each label, and sheets of 44 that begin at the first free place', async () => {
  const roll = await renderPaper(labelPaper([drops], facts));
  const millimetres = boxOf(roll)
    ?.slice(1)
    .map((points) => (Number(points) * 25.4) / 72);
  expect(millimetres?.map(Math.round)).toEqual([50, 25]);
  expect(readPdf(roll).pages).toBe(3);
  const sheet = await renderPaper(labelPaper([drops], { ...facts, size: 'label-sheet', skip: 42 }));
  expect(readPdf(sheet).pages).toBe(2);
  expect(readPdf(sheet).text.filter((line) => line.includes('P-7'))).toHaveLength(3);
}, 30_000);

it('cuts nothing off: a long taper goes on with another label that bears the name', async () => {
  const steps = Array.from({ length: 16 }, (_, index) => ({
    ...{ quarters: 4, frequency: 'qid' as const, days: 7 + index },
  }));
  const taper: DispensedLine = {
    ...drops,
    ...{ quantity: 1, lots: [{ ...early, quantity: 1 }] },
    dosage: { form: 'drop', site: 'both', steps, note: 'Shake well before use, and END' },
  };
  const { pages, text } = readPdf(await renderPaper(labelPaper([taper], { ...facts, language: 'en' })));
  expect(pages).toBeGreaterThan(1);
  expect(text.filter((line) => line.includes('P-7'))).toHaveLength(pages);
  const all = text.join(' ');
  expect(all).toContain('END');
  expect(all).toContain('Lake Eye Hospital, 30 Nov 2026');
  expect(all).not.toContain('…');
}, 30_000);
