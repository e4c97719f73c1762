import { expect, it } from 'vitest';
import { renderPaper } from '@/lib/pdf/paper';
import { readPdf } from '@/tests/assertions/pdf-text';
import { patientLabels } from './paper';

const patient = {
  ...{ name: 'తెలుగు Lakshmi Devi Venkataraghavan Subramaniam', number: 'P-000059', sex: 'female' as const },
  ...{ dateOfBirth: '1958-03-14', isBirthEstimated: false, phone: '+91 98450 11111', noPhoneReason: null },
};
const facts = { count: 8, skip: 0, hospital: 'Lake Eye Hospital', today: '2026-11-30', printed: 'By Meera' };

it('says on each sticker who it is, also on what is left of a sheet, and on a roll one by one', async () => {
  const roll = readPdf(await renderPaper(patientLabels(patient, { ...facts, size: 'label' })));
  expect(roll.pages).toBe(8);
  const text = roll.text.join(' ');
  expect(text.match(/P-000059/g)).toHaveLength(8);
  for (const words of ['Lakshmi', 'Female, 14 Mar 1958', '98450 11111', 'Lake Eye Hospital'])
    expect(text).toContain(words);
  const sheet = { ...facts, size: 'label-sheet' as const };
  expect(readPdf(await renderPaper(patientLabels(patient, { ...sheet, skip: 36 }))).pages).toBe(1);
  expect(readPdf(await renderPaper(patientLabels(patient, { ...sheet, skip: 37 }))).pages).toBe(2);
});
