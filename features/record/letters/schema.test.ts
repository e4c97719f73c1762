import { describe, expect, it } from 'vitest';
import { signLetterInput } from './schema';

const base = { visitId: 'a'.repeat(24), requestKey: 'k'.repeat(20), version: 0 };
const problems = (fields: Record<string, unknown>): string[] =>
  (signLetterInput.safeParse({ ...base, ...fields }).error?.issues ?? []).map(({ path }) => path.join('.'));

describe('a letter', () => {
  it.each([
    [{ kind: 'attendance' }, []],
    [{ kind: 'attendance', arrived: '10:00', left: '09:00' }, ['left']],
    [{ kind: 'attendance', arrived: 'ten' }, ['arrived']],
    [{ kind: 'leave' }, ['from', 'until']],
    [{ kind: 'leave', from: '2026-11-29', until: '2026-11-28' }, ['until']],
    [{ kind: 'leave', from: '2026-11-29', until: '2027-06-01' }, ['until']],
    [{ kind: 'leave', from: '2026-02-30', until: '2026-03-02' }, ['from']],
    [{ kind: 'fitness', from: '2026-11-29' }, ['fitFor']],
    [{ kind: 'acuity' }, ['examinationId']],
    [{ kind: 'referral', body: 'x' }, ['name', 'referralReason']],
    [{ kind: 'referral', name: 'A', referralReason: 'B', body: 'x', email: 'nowhere' }, ['email']],
    [{ kind: 'referral', name: 'A', referralReason: 'B', body: 'x'.repeat(6_001) }, ['body']],
    [{ kind: 'blindness' }, ['kind']],
    [{ kind: 'disability' }, ['examinationId', 'fieldRight', 'fieldLeft']],
    [{ kind: 'disability', examinationId: 'e', fieldRight: 'wide', fieldLeft: 'ten' }, ['fieldRight']],
    [{ kind: { $ne: null } }, ['kind']],
  ])('says what is wrong beside the box: %o', (fields, paths) => {
    expect(problems(fields)).toEqual(paths);
  });
});
