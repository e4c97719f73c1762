import { expect, it } from 'vitest';
import { DEFAULT_MARGINS } from '@/lib/paper';
import { formatDay } from '@/lib/time';
import type { Prescription } from './dto';
import { prescriptionPaper } from './paper';

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
