import { describe, expect, it } from 'vitest';
import { nameKeysOf, parseSearch, patientNumberOf, phoneKeyOf } from './keys';

describe('search keys', () => {
  it('fold accents and case, in any script', () => {
    expect(nameKeysOf('José María', "O'Brien")).toEqual(['jose', 'maria', 'o', 'brien']);
    expect(nameKeysOf('लक्ष्मी', 'Иванова')).toContain('иванова');
  });

  it('keep the last ten digits of a phone', () => {
    for (const typed of ['+91 98450 11111', '098450-11111', '9845011111']) expect(phoneKeyOf(typed)).toBe('9845011111');
  });
});

describe('what was typed into the search box', () => {
  it('is a patient number', () => {
    for (const typed of ['P-000042', 'p42', 'P 42', '42']) {
      expect(parseSearch(typed)).toEqual({ kind: 'number', number: 'P-000042' });
    }
    expect(patientNumberOf(1_234_567)).toBe('P-1234567');
  });

  it('is a phone, however it is written', () => {
    for (const typed of ['98450 11111', '+91 98450-11111', '(98450) 11111']) {
      expect(parseSearch(typed)).toEqual({ kind: 'phone', digits: '9845011111' });
    }
    expect(parseSearch('9845')).toEqual({ kind: 'phone', digits: '9845' });
  });

  it('is otherwise the beginnings of names, and never an operator or a pattern', () => {
    expect(parseSearch('Lak iyer')).toEqual({ kind: 'name', words: ['lak', 'iyer'] });
    expect(parseSearch('{"$ne":null}')).toEqual({ kind: 'name', words: ['ne', 'null'] });
    expect(parseSearch('.*')).toEqual({ kind: 'none' });
    expect(parseSearch('   ')).toEqual({ kind: 'none' });
  });
});
