import type { Columns } from '@/lib/columns';
import type { Day } from '@/lib/time';
import type { SoldPackage } from './dto';
import { leftOf, PACKAGE_LABEL, packageState } from './policy';

/** Packages that were sold, one a line, as they stand on a day. */
export const packageColumns = (today: Day): Columns<SoldPackage> => [
  ['Package', 'name'],
  ['Patient', 'patientName'],
  ['Patient number', 'patientNumber'],
  ['Bill', 'billNumber'],
  ['Billed on', 'day'],
  ['Until', 'until'],
  ['State', (row) => PACKAGE_LABEL[packageState(row, today)]],
  [
    'Done',
    ({ parts }) => parts.map(({ name, quantity, used }) => `${name} ${used} of ${quantity}`).join('; '),
  ],
  ['Not done', (row) => leftOf(row)],
];
