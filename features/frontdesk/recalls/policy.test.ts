import { describe, expect, it } from 'vitest';
import { dueDay, duePeriods, EARLIER, sinceDays, stillAskedBack } from './policy';
import { recallQuery } from './schema';

describe('the day somebody is due again', () => {
  it('is the same day so many months later, or the last of a shorter month', () => {
    expect(dueDay('2026-05-31', '6')).toBe('2026-11-30');
    expect(dueDay('2024-02-29', '12')).toBe('2025-02-28');
    expect(dueDay('2024-02-29', '24')).toBe('2026-02-28');
    expect(dueDay('2026-08-31', '6')).toBe('2027-02-28');
  });

  it('lies in the month under which the patient is listed, for every day of four years', () => {
    for (let at = Date.UTC(2023, 0, 1); at < Date.UTC(2027, 0, 1); at += 86_400_000) {
      const day = new Date(at).toISOString().slice(0, 10);
      for (const months of ['6', '12', '24'] as const) {
        const due = dueDay(day, months);
        expect(new Date(`${due}T00:00:00Z`).toISOString().slice(0, 10)).toBe(due);
        const { from, to } = sinceDays(due.slice(0, 7), months, '2026-11-23');
        expect(day >= from && day <= to).toBe(true);
      }
    }
  });

  it('is shown for a year and the next month; what was due before is together', () => {
    const shown = duePeriods('2026-11-23');
    expect([shown[0], shown.at(-1), shown.length]).toEqual(['2025-12', '2026-12', 13]);
    expect(sinceDays(EARLIER, '12', '2026-11-23').to).toBe('2024-11-31');
    expect(sinceDays('2025-12', '12', '2026-11-23').from).toBe('2024-12-01');
  });

  it('is asked for by an address that anybody may have written', () => {
    expect(recallQuery.parse({ months: '7', due: '2026-13' })).toEqual({ months: '12' });
    expect(recallQuery.parse({ months: '24', due: 'earlier' })).toEqual({ months: '24', due: 'earlier' });
  });
});

it('somebody is asked back until they come again, or until it is booked', () => {
  const asked = { day: '2026-12-08', from: '2026-12-01' };
  const still = (visitDays: string[], isBooked = false) => stillAskedBack(asked, { visitDays, isBooked });
  expect(still(['2026-12-01', '2026-06-01'])).toBe('2026-12-08');
  expect(still(['2026-12-03', '2026-12-01'])).toBeNull();
  expect(still(['2026-12-01'], true)).toBeNull();
  expect(stillAskedBack(null, { visitDays: [], isBooked: false })).toBeNull();
});
