import { describe, expect, it } from 'vitest';
import {
  ageText,
  birthProblem,
  birthText,
  holdsAadhaar,
  parseBirth,
  parseBirthDay,
  typedDay,
} from './policy';
import { registerPatientInput } from './schema';

const today = '2026-11-23';
const exact = (day: string) => ({ day, isEstimated: false });
const estimated = (day: string) => ({ day, isEstimated: true });

describe('a birth as people type it', () => {
  it.each([
    '12/03/1980',
    '12.3.1980',
    '12-3-80',
    '12 3 1980',
    '12031980',
    '12 Mar 1980',
    'March 12, 1980',
    '1980-03-12',
    '1980/3/12',
    '12mar80',
  ])('reads %s', (text) => expect(parseBirth(text, 'dmy', today)).toEqual(exact('1980-03-12')));

  it('reads the month first where that is the custom', () => {
    expect(parseBirth('03/12/1980', 'mdy', today)).toEqual(exact('1980-03-12'));
    expect(parseBirth('13/12/1980', 'mdy', today)).toBeNull();
  });

  it('reads two digits as a year of the last hundred', () => {
    expect(parseBirth('1/1/26', 'dmy', today)).toEqual(exact('2026-01-01'));
    expect(parseBirth('1/1/27', 'dmy', today)).toEqual(exact('1927-01-01'));
  });

  it('takes an age as an estimate that gives the same age all year', () => {
    for (const text of ['45', '45 y', '45yrs', '45 years'])
      expect(parseBirth(text, 'dmy', today)).toEqual(estimated('1981-01-01'));
    expect(ageText(estimated('1981-01-01'), today)).toBe('about 45 years');
    expect(parseBirth('8 months', 'dmy', today)).toEqual(estimated('2026-03-01'));
    expect(parseBirth('14m', 'dmy', '2026-01-15')).toEqual(estimated('2024-11-01'));
    expect(parseBirth('0', 'dmy', today)).toEqual(estimated('2026-01-01'));
  });

  it.each([
    ['10 days', '2026-11-13'],
    ['6 weeks', '2026-10-12'],
    ['2.5', '2024-05-01'],
    ['1y 6m', '2025-05-01'],
    ['48 months', '2022-11-01'],
    ['45/M', '1981-01-01'],
    ['45 yrs / F', '1981-01-01'],
    ['1958', '1958-01-01'],
  ])('takes %s as it is said at the desk', (text, day) =>
    expect(parseBirth(text, 'dmy', today)).toEqual(estimated(day)),
  );

  it.each([
    '',
    'yesterday',
    '31/02/1980',
    '32/01/1980',
    '00/00/0000',
    '126',
    '999',
    '12/13/14/15',
    '1880',
    '2030',
    '1y 6',
    '10 hours',
  ])('refuses %s', (text) => expect(parseBirth(text, 'dmy', today)).toBeNull());

  it('comes back as it would be typed', () => {
    for (const order of ['dmy', 'mdy'] as const)
      expect(parseBirthDay(typedDay('1980-03-12', order), order)).toBe('1980-03-12');
  });

  it('lies between 1900 and today', () => {
    expect(birthProblem('1899-12-31', today)).toMatch(/1900/);
    expect(birthProblem('2026-11-24', today)).toMatch(/future/);
    expect(birthProblem(today, today)).toBeNull();
  });
});

describe('an age', () => {
  it.each([
    ['1980-11-23', '46 years'],
    ['1980-11-24', '45 years'],
    ['2024-11-23', '2 years'],
    ['2024-11-24', '23 months'],
    ['2026-10-23', '1 month'],
    ['2026-11-22', '1 day'],
    ['2026-11-23', '0 days'],
  ])('of somebody born on %s is %s', (day, text) => expect(ageText(exact(day), today)).toBe(text));

  it('says what is known', () => {
    expect(birthText(exact('1980-03-12'), today)).toBe('12 Mar 1980, 46 years');
    expect(birthText(estimated('1981-01-01'), today)).toBe('about 45 years, born around 1981');
  });
});

describe('the registration form', () => {
  const typed = {
    firstName: ' Lakshmi ',
    lastName: 'Iyer',
    phone: '+91 98450 11111',
    dateOfBirth: '14/03/1958',
    sex: 'female',
  };

  it('turns what was typed into facts', () => {
    expect(registerPatientInput.parse(typed)).toMatchObject({
      firstName: 'Lakshmi',
      dateOfBirth: '1958-03-14',
      isBirthEstimated: false,
      allowDuplicate: false,
    });
    expect(registerPatientInput.parse({ ...typed, lastName: undefined, dateOfBirth: '68' })).toMatchObject({
      lastName: '',
      isBirthEstimated: true,
    });
    expect(registerPatientInput.parse({ ...typed, email: '', alternatePhone: ' ' })).toMatchObject({
      email: undefined,
      alternatePhone: undefined,
    });
  });

  it('says every mistake at once, beside its field', () => {
    const result = registerPatientInput.safeParse({
      firstName: ' ',
      phone: 'call me',
      dateOfBirth: 'soon',
      sex: '',
      email: 'x',
    });
    expect(result.error?.issues.map(({ path }) => path[0])).toEqual([
      'firstName',
      'phone',
      'dateOfBirth',
      'sex',
      'email',
    ]);
  });

  it.each([
    ['9845011111/9845022222', '9845011111', '9845022222'],
    ['98450 11111, 98450 22222 (son)', '98450 11111', '98450 22222 (son)'],
    ['98450 11111 (son)', '98450 11111 (son)', undefined],
    ['080 2345 678 ext 12', '080 2345 678 ext 12', undefined],
    ['९८४५०११११', '984501111', undefined],
    ['০৯৮৪৫০১১১১', '0984501111', undefined],
  ])('takes the phone %s as people write it', (phone, first, second) => {
    const parsed = registerPatientInput.parse({ ...typed, phone });
    expect([parsed.phone, parsed.alternatePhone]).toEqual([first, second]);
  });

  it('takes a second number from the first box only where its own box is empty, and nobody’s number nowhere', () => {
    const problem = (fields: object) =>
      registerPatientInput.safeParse({ ...typed, ...fields }).error?.issues[0]?.message;
    expect(problem({ phone: '9845011111/9845022222', alternatePhone: '98450 33333' })).toMatch(
      /one number here/,
    );
    expect(problem({ phone: '9999999999' })).toMatch(/nobody’s number/);
    expect(problem({ phone: 'NA' })).toMatch(/6 to 15 digits/);
    expect(problem({ phone: '98450 11111 (98450 22222)' })).toMatch(/6 to 15 digits/);
  });

  it('refuses a birth in the future, a phone with too few digits and control characters', () => {
    for (const wrong of [
      { dateOfBirth: '2999-01-01' },
      { dateOfBirth: '13/25/1980' },
      { phone: '12345' },
      { phone: '1'.repeat(16) },
      { firstName: 'a\u0000b' },
    ]) {
      expect(registerPatientInput.safeParse({ ...typed, ...wrong }).success, JSON.stringify(wrong)).toBe(
        false,
      );
    }
  });
});

describe('an Aadhaar', () => {
  // A number that its issuer publishes for tests.
  it.each(['999941057058', '9999 4105 7058', 'Aadhaar: 9999-4105-7058.', 'OPD/12, ९९९९ ४१०५ ७०५८'])(
    'is known in "%s"',
    (text) => expect(holdsAadhaar(text)).toBe(true),
  );

  it.each([
    ['with another check digit', '9999 4105 7059'],
    ['of which the last four are left', 'Aadhaar ending in 7058'],
    ['of a hospital, with its letter', 'H999941057058'],
    ['of a phone', '+91 99994 10570'],
    ['of a phone with its country, all together', '919999410570'],
    ['of fourteen digits', '99994105705812'],
    ['that begins with 0 or 1', '012345678901'],
  ])('is not seen in a number %s', (_what, text) => expect(holdsAadhaar(text)).toBe(false));

  it('is not kept among the words of a patient', () => {
    const typed = { firstName: 'Zed', dateOfBirth: '45', sex: 'male', phone: '98450 11114' };
    for (const field of ['otherNumbers', 'notes']) {
      const read = registerPatientInput.safeParse({ ...typed, [field]: 'x 9999 4105 7058' });
      expect(read.error?.issues).toMatchObject([
        { path: [field], message: expect.stringContaining('last four digits') },
      ]);
    }
  });
});
