import { describe, expect, it } from 'vitest';
import { shiftMonth } from '@/lib/time';
import { cohortDays, cohortsOf, shadeOf } from './retention';

describe('months', () => {
  it('go over the turn of a year, both ways', () => {
    expect(shiftMonth('2026-11', 2)).toBe('2027-01');
    expect(shiftMonth('2026-01', -1)).toBe('2025-12');
    expect(shiftMonth('2026-12', 0)).toBe('2026-12');
    expect(cohortDays('2026-11-23')).toEqual({ from: '2025-12-01', to: '2026-11-23' });
  });
});

describe('cohorts', () => {
  it('leave out what is before and after, and know no figure for months to come', () => {
    const cohorts = cohortsOf(
      [
        { day: '2025-11-30', newPatients: 9, cameBack: [] },
        { day: '2025-12-01', newPatients: 4, cameBack: [{ month: '2025-01', patients: 3 }] },
        { day: '2026-10-31', newPatients: 2, cameBack: [{ month: '2025-12', patients: 1 }] },
        { day: '2026-11-01', newPatients: 0, cameBack: [{ month: '2026-10', patients: 2 }] },
        { day: '2026-11-24', newPatients: 7, cameBack: [] },
      ],
      '2026-11-23',
    );
    expect(cohorts).toHaveLength(12);
    expect(cohorts[0]).toEqual({ month: '2025-12', patients: 4, again: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0] });
    expect(cohorts[10]).toMatchObject({ month: '2026-10', patients: 2, again: [2, ...Array(10).fill(null)] });
    expect(cohorts[11]).toMatchObject({ month: '2026-11', patients: 0 });
  });

  it('are shaded by the share who came', () => {
    expect([0, 1, 10, 20, 35, 100].map((again) => shadeOf(again, 100))).toEqual([0, 1, 2, 3, 4, 4]);
    expect(shadeOf(0, 0)).toBe(0);
  });
});
