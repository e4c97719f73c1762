import { describe, expect, it } from 'vitest';
import { readInviteList } from './invite-list';
import { inviteManyInput } from './schema';

const ROLES = [
  { value: 'owner', label: 'Owner', hint: '' },
  { value: 'doctor', label: 'Doctor', hint: '' },
  { value: 'receptionist', label: 'Receptionist', hint: '' },
  { value: '64b000000000000000000001', label: 'Front desk lead', hint: '' },
];
const read = (text: string) =>
  readInviteList(text, ROLES).map(({ line, name, email, role, problem }) => [
    line,
    name,
    email,
    role,
    problem,
  ]);

describe('a pasted list', () => {
  it('is read with commas, semicolons or tabs, in any order, below a heading or without one', () => {
    const asha = ['Dr Asha Rao', 'asha@h.test', 'doctor', null];
    expect(read('Dr Asha Rao,asha@h.test,Doctor')).toEqual([[1, ...asha]]);
    expect(read('Name;E-mail;Role\nDr Asha Rao;asha@h.test;DOCTOR')).toEqual([[2, ...asha]]);
    expect(read('doctor\tasha@h.test\tDr Asha Rao\n\n')).toEqual([[1, ...asha]]);
    expect(read('"Rao, Asha",asha@h.test,ophthalmologist')).toEqual([
      [1, 'Rao, Asha', 'asha@h.test', 'doctor', null],
    ]);
  });

  it('knows roles of the hospital’s own by their names', () => {
    expect(read('Neha, neha@h.test, front-desk lead')[0]?.[3]).toBe('64b000000000000000000001');
  });

  it('says of each line what is wrong with it', () => {
    const text = [
      'Neha Verma, neha@h.test, Receptionist',
      'Somebody, Doctor',
      'Ravi, ravi@h.test, Nurse',
      'Ravi, ravi2@h.test',
      'Ravi, ravi@nowhere, Doctor',
      'R, r@h.test, Doctor',
      'Neha again, NEHA@h.test, Doctor',
      'Boss, boss@h.test, Owner',
    ].join('\n');
    expect(read(text).map((row) => row[4])).toEqual([
      null,
      'There is no e-mail address on this line.',
      '“Nurse” is no role here.',
      'There is no role on this line, such as Doctor.',
      'Enter an e-mail address such as name@hospital.com.',
      'Enter a name with at least 2 characters.',
      'The same address as on line 1.',
      'An owner is invited alone, with your password.',
    ]);
  });

  it('is taken up to a hundred lines', () => {
    const text = Array.from({ length: 102 }, (_, at) => `Person ${at}, p${at}@h.test, Doctor`).join('\n');
    const problems = read(text).filter((row) => row[4] !== null);
    expect(problems.map((row) => row[0])).toEqual([101, 102]);
  });

  it('comes to the server as lines, and as nothing else', () => {
    const parse = (lines: unknown) => inviteManyInput.safeParse({ lines }).success;
    const one = { line: 1, name: 'A', email: 'b', role: 'c' };
    expect(parse(JSON.stringify([one]))).toBe(true);
    for (const bad of ['', '{', '[]', '[{"$ne":null}]', JSON.stringify(Array(101).fill(one)), { $ne: null }])
      expect(parse(bad)).toBe(false);
  });
});
