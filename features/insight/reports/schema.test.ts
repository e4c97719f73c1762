import { describe, expect, it } from 'vitest';
import { daysOf, presetsOf, rangeBefore, rangeOf, reportQuery } from './schema';

const range = (query: Record<string, unknown>) => rangeOf(reportQuery.parse(query), '2026-03-31');

describe('the range of a report', () => {
  it('is the last thirty days unless somebody chooses', () => {
    expect(range({})).toEqual({ from: '2026-03-02', to: '2026-03-31', days: 30 });
    expect(range({ from: '2026-03-30' })).toEqual({ from: '2026-03-30', to: '2026-03-31', days: 2 });
  });

  it('is turned the right way round and bounded', () => {
    expect(range({ from: '2026-03-31', to: '2026-03-01' })).toMatchObject({ from: '2026-03-01', days: 31 });
    expect(range({ from: '1900-01-01', to: '2026-03-31' })).toEqual({
      from: '2025-03-31',
      to: '2026-03-31',
      days: 366,
    });
  });

  it('takes what is no day as not chosen', () => {
    for (const from of ['yesterday', '2026-13-45', { $ne: null }, ['2026-01-01']])
      expect(range({ from }).days).toBe(30);
  });

  it('names each day', () => {
    expect(daysOf(range({ from: '2026-02-27', to: '2026-03-01' }))).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
    ]);
  });

  it('never reaches into the future', () => {
    expect(range({ to: '2027-01-01' })).toMatchObject({ to: '2026-03-31', days: 30 });
    expect(range({ from: '2027-01-01', to: '2027-02-01' })).toEqual({
      from: '2026-03-31',
      to: '2026-03-31',
      days: 1,
    });
  });

  it('is compared with as many days just before', () => {
    expect(rangeBefore(range({}))).toEqual({ from: '2026-01-31', to: '2026-03-01', days: 30 });
  });

  it('offers weeks from Monday and whole months', () => {
    expect(presetsOf('2026-03-01').map(({ from, to }) => [from, to])).toEqual([
      ['2026-03-01', '2026-03-01'],
      ['2026-02-23', '2026-03-01'],
      ['2026-02-16', '2026-02-22'],
      ['2026-03-01', '2026-03-01'],
      ['2026-02-01', '2026-02-28'],
      ['2026-01-31', '2026-03-01'],
    ]);
  });
});
