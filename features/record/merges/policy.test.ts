import { describe, expect, it } from 'vitest';
import type { Patient } from '@/features/patients/patients/dto';
import { choicesOf, doubtsOf, joinHistories, mergeProblem, movedText } from './policy';

const person = (facts: Partial<Patient>) =>
  ({
    ...{ id: '1', number: 'P-000001', firstName: 'Lakshmi', lastName: 'Iyer', name: 'Lakshmi Iyer' },
    ...{ sex: 'female', dateOfBirth: '1980-03-12', isBirthEstimated: false, phone: '9845010001' },
    ...{ mergedInto: null, deceasedOn: null },
    ...facts,
  }) as Patient;

describe('what two records say differently', () => {
  it('is asked where both say something, and taken over where the kept one says nothing or less', () => {
    const kept = person({ isBirthEstimated: true, dateOfBirth: '1980-01-01', notes: 'Comes on Mondays' });
    const merged = person({
      name: 'Lakshmi Ayer',
      email: 'l@example.com',
      sex: 'unknown',
      village: 'Mandya',
    });
    expect(choicesOf(kept, merged, '2026-12-01').map(({ name, isTaken }) => [name, isTaken])).toEqual([
      ['choice-name', false],
      ['choice-birth', true],
      ['choice-email', true],
      ['choice-address', true],
    ]);
    expect(choicesOf(kept, kept, '2026-12-01')).toEqual([]);
  });

  it('can speak against one person', () => {
    expect(doubtsOf(person({}), person({ sex: 'unknown', dateOfBirth: '1984-01-01' }))).toEqual([]);
    expect(doubtsOf(person({}), person({ sex: 'male', dateOfBirth: '1950-01-01' }))).toEqual([
      'Their sex differs.',
      'Their births are 30 years apart.',
    ]);
  });

  it('holds a sample, a death and a record that is merged already apart', () => {
    expect(mergeProblem(person({}), person({}))).toBeNull();
    const apart = [
      { number: 'SAMPLE-3' },
      { deceasedOn: '2026-01-01' },
      { mergedInto: { id: '2', number: 'P-000009' } },
    ];
    for (const facts of apart) {
      expect(mergeProblem(person({}), person(facts))).toEqual(expect.any(String));
      expect(mergeProblem(person(facts), person({}))).toEqual(expect.any(String));
    }
  });
});

describe('two histories', () => {
  it('become one that says once what both say', () => {
    const kept = { medical: [{ what: 'Diabetes', since: '2012' }], family: [] };
    const merged = {
      medical: [{ what: 'diabetes' }, { what: 'Asthma' }],
      ocular: [{ what: 'Injury', side: 'right' as const }],
    };
    expect(joinHistories(kept, merged)).toEqual({
      ocular: [{ what: 'Injury', side: 'right' }],
      medical: [{ what: 'Diabetes', since: '2012' }, { what: 'Asthma' }],
      family: [],
    });
  });

  it('are refused where their form would be too short', () => {
    const of = (letter: string) => ({ medical: [1, 2, 3, 4, 5].map((n) => ({ what: `${letter}${n}` })) });
    expect(joinHistories(of('a'), of('b'))).toEqual({
      problem: expect.stringContaining('Under Illnesses both histories have 10 entries'),
    });
    expect(joinHistories(of('a'), of('a'))).toEqual(of('a'));
  });
});

it('says what moves in the order in which people ask', () => {
  const counts = [
    { from: 'bills', count: 1 },
    { from: 'queue_entries', count: 4 },
    { from: 'visits', count: 2 },
    { from: 'letters', count: 0 },
  ];
  expect(movedText(counts)).toBe('2 visits, 1 bill');
});
