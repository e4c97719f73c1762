import { expect, it } from 'vitest';
import { paperProblem } from './policy';

const today = '2026-11-30';
const paper = { isNamed: true, prescriber: 'Dr. Rao', paperDay: '2026-11-29' };

it.each([
  ['nothing is asked for', { needsPaper: false, needsName: false }, { isNamed: false }, null],
  ['all that is asked for is there', { needsPaper: true, needsName: true }, paper, null],
  [
    'a register without a name',
    { needsPaper: true, needsName: true },
    { ...paper, isNamed: false },
    'buyerName',
  ],
  ['no doctor', { needsPaper: true, needsName: false }, { ...paper, prescriber: undefined }, 'prescriber'],
  ['no date', { needsPaper: true, needsName: false }, { ...paper, paperDay: undefined }, 'paperDay'],
  [
    'tomorrow’s paper',
    { needsPaper: true, needsName: false },
    { ...paper, paperDay: '2026-12-01' },
    'paperDay',
  ],
  ['180 days old', { needsPaper: true, needsName: false }, { ...paper, paperDay: '2026-06-03' }, null],
  ['181 days old', { needsPaper: true, needsName: false }, { ...paper, paperDay: '2026-06-02' }, 'paperDay'],
  [
    'a paper that has to be kept, without its scan',
    { needsPaper: true, needsName: true, needsScan: true },
    paper,
    'paperScan',
  ],
  ['with it', { needsPaper: true, needsName: true, needsScan: true }, { ...paper, isScanned: true }, null],
])('%s', (_name, asked, given, field) => {
  expect(paperProblem('Moxi', asked, given, today)?.field ?? null).toBe(field);
});
