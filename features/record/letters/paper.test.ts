import { expect, it } from 'vitest';
import { composeReferral } from './compose';
import type { SignedLetter } from './dto';
import { letterPaper } from './paper';
import { type Letter, leaveDays } from './policy';

const frame = {
  size: 'A4' as const,
  head: null,
  margins: { top: 12, bottom: 12, side: 14 },
  printed: 'Printed.',
};
const signed = (letter: Letter, rest: Partial<SignedLetter> = {}): SignedLetter => ({
  ...{ id: '1', number: 'L-000012', version: 1, visitId: 'v', patientId: 'p', voided: null },
  ...{ patientName: 'Ravi Kumar', patientNumber: 'P-000007', patientAge: '42 years, male', letter },
  day: '2026-11-29',
  signed: { name: 'Dr Rao', at: '2026-11-29T10:00:00Z', day: '2026-11-29', registrationNumber: 'TN 1' },
  ...rest,
});
const wordsOf = (letter: Letter, rest?: Partial<SignedLetter>, mark?: string) =>
  JSON.stringify(letterPaper(signed(letter, rest), frame, mark));

it('counts the first and the last day of a leave', () => {
  expect(leaveDays('2026-11-29', '2026-11-29')).toBe(1);
  expect(leaveDays('2026-02-27', '2026-03-01')).toBe(3);
  // A day on which clocks change is one day.
  expect(leaveDays('2026-03-28', '2026-03-30')).toBe(3);
});

it('says the days, and the diagnosis only where the doctor names it', () => {
  const leave = { kind: 'leave', from: '2026-11-29', until: '2026-12-01' } as const;
  expect(wordsOf(leave)).toContain('rest for 3 days, from Sun 29 Nov 2026 to Tue 1 Dec 2026');
  expect(wordsOf(leave)).not.toContain('Diagnosis');
  expect(wordsOf({ ...leave, diagnosis: 'Uveitis' })).toContain('Uveitis');
});

it('has the version from the second on, and is marked once it is void', () => {
  const letter = { kind: 'attendance' } as const;
  expect(wordsOf(letter)).not.toContain('version');
  expect(wordsOf(letter, { version: 2 })).toContain('L-000012, version 2');
  const voided = { name: 'Dr Rao', at: '2026-11-30T10:00:00Z', reason: 'Mistake' };
  expect(letterPaper(signed(letter, { voided }), frame, 'Copy').mark).toBe('Void');
  expect(letterPaper(signed(letter), frame, 'Copy').mark).toBe('Copy');
});

it('has a column for both eyes only where they were read together', () => {
  const words = { rows: [{ label: 'Unaided', right: '6/9', left: '6/60' }], colour: {} };
  const acuity = { kind: 'acuity', examinedOn: '2026-11-29', words } as const;
  expect(wordsOf(acuity)).not.toContain('Both eyes');
  const both = { ...words, rows: [{ ...words.rows[0], label: 'Unaided', both: '6/6' }] };
  expect(wordsOf({ ...acuity, words: both })).toContain('"6/9","6/60","6/6"');
});

it('names the row and the source beside a percentage', () => {
  const words = wordsOf({
    ...{ kind: 'disability', examinedOn: '2026-11-29', cause: 'Glaucoma, both eyes' },
    ...{ acuity: { right: '6/36', left: 'PL' }, fields: { right: 'twenty', left: 'untested' } },
    ...{ percent: 80, category: 'III e (low vision)', better: 'better row', other: 'other row' },
    ...{ source: 'The table', until: '2028-01-31' },
  });
  for (const said of [
    ...['80 percent, category III e (low vision)', 'Better eye: better row. Other eye: other row.'],
    ...['By: The table.', 'Less than 20, up to 10 degrees', 'Not tested', 'Mon 31 Jan 2028'],
  ])
    expect(words).toContain(said);
});

it('makes a referral of what was written, and speaks of nothing else', () => {
  const bare = { patientName: 'Ravi', age: '42 years, male', notation: 'metres' as const };
  const text = composeReferral({ ...bare, examination: null, medicines: [], allergies: [] });
  expect(text).toBe('Thank you for seeing Ravi, 42 years, male.\n\nPlease let us know what you find.');
  expect(composeReferral({ ...bare, examination: null, medicines: [], allergies: ['Penicillin'] })).toContain(
    'Allergies:\nPenicillin',
  );
});
