import { type DoctorFigure, wholeShare } from '@/features/insight/reports/rollups/filled';
import type { Columns } from '@/lib/columns';
import { decimalOf } from '@/lib/currency';

const money = (minor: number | null, code: string): string | null =>
  minor === null ? null : decimalOf(minor, code);

export const doctorColumns = (code: string): Columns<DoctorFigure> => [
  ['Doctor', 'doctor'],
  ['Prescriptions', 'prescriptions'],
  ['Lines', 'lines'],
  ['Given whole', 'whole'],
  ['In part', 'part'],
  ['Not given', 'nothing'],
  ['Given whole (%)', (figure) => wholeShare(figure)],
  [`Billed before tax (${code})`, ({ billedMinor }) => money(billedMinor, code)],
  [`Cost (${code})`, ({ costMinor }) => money(costMinor, code)],
  [`Margin (${code})`, ({ marginMinor }) => money(marginMinor, code)],
];
