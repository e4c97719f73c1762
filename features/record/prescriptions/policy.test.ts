import { expect, it } from 'vitest';
import { medicineTimes, type PrescriptionLine } from './policy';

const line = (id: string, days: number | null, facts: Partial<PrescriptionLine> = {}): PrescriptionLine => ({
  ...{ id, name: 'Timolol', strength: '0.5 %', form: 'drop', site: 'both', unit: 'bottle' },
  ...{ quantity: 1, isSubstitutionAllowed: true },
  steps: [{ quarters: 4, frequency: 'bd', days }],
  ...facts,
});
type Given = Parameters<typeof medicineTimes>[0][number];
const given = (id: string, day: string, facts: Partial<Given>): Given => ({
  ...{ id, day, status: 'active', signed: { name: 'Dr Rao' }, lines: [], stops: [] },
  ...facts,
});

it('puts courses of one medicine that follow each other into one, and leaves a gap where there was none', () => {
  const times = medicineTimes([
    given('c', '2026-06-01', { lines: [line('3', null)] }),
    given('b', '2026-01-31', { lines: [line('2', 30)] }),
    given('a', '2026-01-01', { lines: [line('1', 30)] }),
  ]);
  expect(times).toEqual([
    {
      label: 'Timolol 0.5 %, both eyes',
      parts: [
        { from: '2026-01-01', until: '2026-03-01' },
        { from: '2026-06-01', until: null },
      ],
    },
  ]);
});

it('ends what was stopped or changed on that day, and shows neither short courses nor other ways', () => {
  const stop = { prescriptionId: 'a', lineId: '1', name: 'Timolol', reason: 'Asthma' };
  const replaces = { prescriptionId: 'a', lineId: '2' };
  const times = medicineTimes([
    given('b', '2026-02-01', {
      lines: [line('3', null, { name: 'Latanoprost', strength: undefined, replaces })],
      stops: [stop],
    }),
    given('a', '2026-01-01', {
      lines: [
        ...[line('1', null), line('2', null, { name: 'Brimonidine', strength: undefined, site: 'right' })],
        ...[line('4', 7, { name: 'Moxifloxacin' }), line('5', null, { name: 'Acetazolamide', site: 'oral' })],
      ],
    }),
    given('x', '2026-01-01', { status: 'cancelled', lines: [line('6', null, { name: 'Void' })] }),
  ]);
  expect(times.map(({ label, parts }) => [label, parts[0]?.from, parts[0]?.until])).toEqual([
    ['Timolol 0.5 %, both eyes', '2026-01-01', '2026-02-01'],
    ['Brimonidine, right eye', '2026-01-01', '2026-02-01'],
    ['Latanoprost, both eyes', '2026-02-01', null],
  ]);
});
