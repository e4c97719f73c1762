import type { Columns } from '@/lib/columns';
import type { VisitRow } from './dto';

export const visitColumns: Columns<VisitRow> = [
  ['Day', 'day'],
  ['Token', 'token'],
  ['Patient number', ({ patient }) => patient.number],
  ['Patient', ({ patient }) => patient.name],
  ['Doctor', 'doctorName'],
  ['Status', 'status'],
  ['Started', 'startedAt'],
  ['Finished', 'finishedAt'],
  ['Checked in by', 'checkedInByName'],
];
