import type { Columns } from '@/lib/columns';
import type { AllergyRow } from './dto';
import { SEVERITIES, SEVERITY_IDS } from './policy';

export const allergyColumns: Columns<AllergyRow> = [
  ['Patient', ({ patientId }) => patientId.toString()],
  ['Substance', 'substance'],
  ['Reaction', 'reaction'],
  [
    'Severity',
    ({ severity }) => {
      const known = SEVERITY_IDS.find((one) => one === severity);
      return known ? SEVERITIES[known] : null;
    },
  ],
  ['Since', 'since'],
  ['Noted by', 'notedByName'],
  ['Noted', 'notedAt'],
  ['Ended by', 'endedByName'],
  ['Ended', 'endedAt'],
  ['Why it ended', 'endReason'],
];
