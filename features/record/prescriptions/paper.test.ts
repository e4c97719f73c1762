import { expect, it } from 'vitest';
import { DEFAULT_MARGINS } from '@/lib/paper';
import { formatDay } from '@/lib/time';
import type { Prescription } from './dto';
import { gapIn } from './instructions';
import { medicineBlocks, prescriptionPaper } from './paper';
import type { PrescriptionLine } from './policy';

const line = (more: Partial<PrescriptionLine>): PrescriptionLine => ({
  ...{ id: 'one', name: 'Timolol', form: 'drop', unit: 'bottle', site: 'right', quantity: 1 },
  ...{ steps: [{ quarters: 4, frequency: 'bd', days: 7 }], isSubstitutionAllowed: true },
  ...more,
});

it.each([
  ['one medicine', [line({})], false],
  ['an eye each', [line({}), line({ site: 'left' })], false],
  ['one eye', [line({}), line({ form: 'ointment' })], true],
  ['both eyes and one of them', [line({ site: 'both' }), line({ site: 'left', form: 'gel' })], true],
  ['an eye and by mouth', [line({}), line({ site: 'oral', form: 'tablet' })], false],
] as const)('of %s says whether to wait between two', (_what, lines, isSaid) => {
  const said = medicineBlocks(lines, '2026-11-30', 'hi').slice(1);
  expect(said).toEqual(
    isSaid ? [{ kind: 'text', text: expect.stringContaining('5 minutes'), local: gapIn('hi') }] : [],
  );
  for (const language of ['hi', 'te', 'ta'] as const) expect(gapIn(language)).toMatch(/5/);
});

it('was signed on the day that it was at the hospital', () => {
  const prescription = {
    id: '65f0c0ffee0123456789abcd',
    ...{ patientName: 'Asha', patientNumber: 'P-1', sex: 'female', day: '2026-11-30', status: 'active' },
    ...{ lines: [], stops: [], overrides: [] },
    signed: { name: 'Dr Rao', at: '2026-11-29T20:30:00.000Z', registrationNumber: 'TN 1' },
  } as unknown as Prescription;
  const dayIn = (timeZone: string) =>
    prescriptionPaper(
      prescription,
      { size: 'A4', head: null, margins: DEFAULT_MARGINS, printed: '' },
      { language: 'en', age: '50 years', allergies: [], timeZone },
    ).blocks.at(-1);
  expect(dayIn('Asia/Kolkata')).toMatchObject({ lines: ['Registration TN 1', formatDay('2026-11-30')] });
  expect(dayIn('America/New_York')).toMatchObject({ lines: ['Registration TN 1', formatDay('2026-11-29')] });
});
