import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleOn, type ShareRule, shareOfLine } from './policy';

const rule = (more: Partial<ShareRule> = {}): ShareRule => ({
  ...{ doctorId: 'a', group: null, basis: 'net', rateBp: 4_000, fixedMinor: null },
  ...{ from: '2026-04-01', to: '9999-12-31' },
  ...more,
});

describe('the rule of a day', () => {
  it('is the group’s own before that for all, the newest that has begun, and of that doctor', () => {
    const all = rule();
    const surgery = rule({ group: 'surgery', to: '2026-10-31' });
    const later = rule({ group: 'surgery', from: '2026-11-01' });
    const rules = [all, surgery, later];
    const on = (day: string, group: 'surgery' | 'test', doctorId = 'a') =>
      ruleOn(rules, { doctorId, group, day });
    expect(on('2026-10-31', 'surgery')).toBe(surgery);
    expect(on('2026-11-01', 'surgery')).toBe(later);
    expect(on('2026-11-01', 'test')).toBe(all);
    expect(on('2026-03-31', 'test')).toBeNull();
    expect(on('2026-11-01', 'test', 'b')).toBeNull();
  });
});

describe('a share', () => {
  it('is a part of the price or of what was billed, or an amount for each piece', () => {
    const line = { grossMinor: 100_000, taxableMinor: 90_000, pieces: 2 };
    expect(shareOfLine(rule(), line)).toBe(36_000);
    expect(shareOfLine(rule({ basis: 'gross' }), line)).toBe(40_000);
    expect(shareOfLine(rule({ rateBp: null, fixedMinor: 5_000 }), line)).toBe(10_000);
  });

  it('of what is taken back is the mirror image, so that a sale and its return leave nothing', () => {
    const amount = fc.integer({ min: 0, max: 1e11 });
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 0, max: 10_000 }), (gross, taxable, rateBp) => {
        const given = shareOfLine(rule({ rateBp }), { grossMinor: gross, taxableMinor: taxable, pieces: 1 });
        const back = { grossMinor: 0 - gross, taxableMinor: 0 - taxable, pieces: -1 };
        expect(given + shareOfLine(rule({ rateBp }), back)).toBe(0);
      }),
    );
  });
});
