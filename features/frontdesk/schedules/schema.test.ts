import { describe, expect, it } from 'vitest';
import { addAbsenceInput, saveScheduleInput } from './schema';

const DOCTOR = 'a'.repeat(24);

const hours = (facts: Record<string, unknown> = {}) =>
  saveScheduleInput.safeParse({
    doctorId: DOCTOR,
    fromDay: '2026-12-07',
    hours1: '9-13, 14-17',
    slotMinutes: '15',
    capacity: '2',
    walkInPercent: '20',
    version: 'v'.repeat(22),
    ...facts,
  });
const leave = (facts: Record<string, unknown> = {}) =>
  addAbsenceInput.safeParse({
    doctorId: DOCTOR,
    fromDay: '2026-12-07',
    toDay: '2026-12-08',
    ...facts,
  });
const wrong = (result: { success: boolean; error?: { issues: { path: PropertyKey[] }[] } | undefined }) =>
  result.error?.issues.map(({ path }) => path[0]);

describe('hours', () => {
  it('are read, and days without any stay without', () => {
    expect(hours().data).toMatchObject({
      hours1: [
        { from: '09:00', to: '13:00' },
        { from: '14:00', to: '17:00' },
      ],
      hours7: [],
      breaks: [],
      slotMinutes: 15,
      capacity: 2,
      seen: '',
    });
  });

  it.each([
    ['hours1', '17-9'],
    ['hours1', 'x'.repeat(121)],
    ['hours1', { $ne: null }],
    ['breaks', 'lunch'],
    ['fromDay', '2026-02-30'],
    ['slotMinutes', '7'],
    ['capacity', '0'],
    ['capacity', '1.5'],
    ['walkInPercent', '91'],
    ['doctorId', ''],
    ['doctorId', { $ne: null }],
    ['seen', 'x'],
    ['version', undefined],
  ])('refuse %s %j', (field, value) => expect(wrong(hours({ [field]: value }))).toContain(field));
});

describe('leave', () => {
  it('is of whole days or of a part of each', () => {
    expect(leave().data).toMatchObject({ reason: '' });
    expect(leave({ from: '', to: '' }).data?.from).toBeUndefined();
    expect(leave({ from: '9', to: '11.30' }).data).toMatchObject({ from: '09:00', to: '11:30' });
  });

  it('of everybody is a holiday and has a name', () => {
    expect(wrong(leave({ doctorId: 'all' }))).toContain('reason');
    expect(leave({ doctorId: 'all', reason: 'Diwali' }).success).toBe(true);
  });

  it.each([
    ['toDay', '2026-12-06'],
    ['toDay', '2028-12-06'],
    ['to', '10:00'],
    ['reason', 'x'.repeat(121)],
    ['reason', { $ne: null }],
    ['fromDay', '7 December'],
    ['doctorId', undefined],
  ])('refuses %s %j', (field, value) => expect(wrong(leave({ [field]: value }))).toContain(field));

  it('refuses an end before its beginning', () => {
    expect(wrong(leave({ from: '11', to: '9' }))).toContain('to');
  });
});
