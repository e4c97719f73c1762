import type { Columns } from '@/lib/columns';
import { decimalOf } from '@/lib/currency';
import type { DoctorShareLine, DoctorShareSum } from './queries';

export const shareSumColumns = (currency: string): Columns<DoctorShareSum> => [
  ['Doctor', 'doctorName'],
  ['Services', 'lines'],
  ['Billed', ({ netMinor }) => decimalOf(netMinor, currency)],
  ['Without a rule', ({ withoutRuleMinor }) => decimalOf(withoutRuleMinor, currency)],
  [`Share in ${currency}`, ({ shareMinor }) => decimalOf(shareMinor, currency)],
];

export const shareLineColumns = (currency: string): Columns<DoctorShareLine> => [
  ['Doctor', 'doctorName'],
  ['Bill', 'number'],
  ['Day', 'day'],
  ['Patient', 'patientName'],
  ['Service', 'service'],
  ['Billed', ({ netMinor }) => decimalOf(netMinor, currency)],
  [
    `Share in ${currency}`,
    ({ shareMinor }) => (shareMinor === null ? null : decimalOf(shareMinor, currency)),
  ],
];
