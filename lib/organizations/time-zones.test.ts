import { describe, expect, it } from 'vitest';
import { isTimeZone } from '@/lib/time';
import { timeZoneOptions } from './time-zones';

describe('the list of time zones', () => {
  it('offers each zone once, by the name of today, and all of them are accepted', () => {
    const values = timeZoneOptions('Asia/Kolkata').map(({ value }) => value);
    expect(new Set(values).size).toBe(values.length);
    expect(values).toEqual(expect.arrayContaining(['Asia/Kolkata', 'Asia/Kathmandu', 'Europe/Kyiv', 'UTC']));
    expect(values).not.toContain('Asia/Calcutta');
    expect(values.filter((value) => !isTimeZone(value))).toEqual([]);
  });

  it('keeps the organization’s own zone whatever its name, and shows the offset', () => {
    const options = timeZoneOptions('Asia/Calcutta', new Date('2026-01-01'));
    expect(options.find(({ value }) => value === 'Asia/Calcutta')?.label).toBe('Asia/Calcutta (UTC+05:30)');
    expect(options.find(({ value }) => value === 'UTC')?.label).toBe('UTC');
  });
});
