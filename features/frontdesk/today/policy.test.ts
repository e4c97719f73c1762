import { describe, expect, it } from 'vitest';
import { greetingAt, startSteps } from './policy';

describe('the start of the day', () => {
  it.each([
    ['00:10', 'Good evening'],
    ['04:00', 'Good morning'],
    ['11:59', 'Good morning'],
    ['12:00', 'Good afternoon'],
    ['16:59', 'Good afternoon'],
    ['17:00', 'Good evening'],
  ])('at %s says %s', (time, greeting) => expect(greetingAt(time)).toBe(greeting));

  it('lists what a new hospital does first', () => {
    const steps = startSteps({ staff: true, patient: false, appointment: false, medicine: true });
    expect(steps.map(({ id, isDone }) => [id, isDone])).toEqual([
      ['staff', true],
      ['patient', false],
      ['appointment', false],
      ['medicine', true],
    ]);
  });
});
