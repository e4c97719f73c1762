import { describe, expect, it } from 'vitest';
import {
  contactTextsOf,
  nameKeysOf,
  parseSearch,
  patientNumberOf,
  phoneKeyOf,
  sortNameOf,
  typedContactTexts,
  wordsOf,
} from './keys';

const nothing = {
  numbers: [],
  numberPrefix: null,
  phones: [],
  phoneEnd: null,
  email: null,
  words: [],
  birthDay: null,
  birthYear: null,
};

describe('search keys', () => {
  it('fold accents and case', () => {
    expect(wordsOf('José María', 'Nuñez')).toEqual(['jose', 'maria', 'nunez']);
    expect(wordsOf('Søren  ØSTERGÅRD')).toEqual(['soren', 'ostergard']);
    expect(wordsOf('Łukasz Weiß', 'İpek')).toEqual(['lukasz', 'weiss', 'ipek']);
  });

  it('keep a name with an apostrophe together and part one with a hyphen', () => {
    expect(wordsOf('Anne-Marie', "O'Brien")).toEqual(['anne', 'marie', 'obrien']);
    expect(wordsOf('D’Souza')).toEqual(wordsOf("D'Souza"));
  });

  it('keep the vowels of scripts that write them as marks', () => {
    expect(wordsOf('लक्ष्मी')).not.toEqual(wordsOf('लक्षमा'));
    expect(wordsOf('கமலா', 'Иванова')).toEqual(['கமலா', 'иванова']);
    expect(wordsOf('مُحَمَّد')).toEqual(wordsOf('محمد'));
    expect(wordsOf('Ａｎｉｌ')).toEqual(['anil']);
  });

  it('hold each ordered pair of words, so that either may be typed first', () => {
    expect(nameKeysOf('Ravi', 'Kumar')).toEqual(['ravi kumar', 'kumar ravi']);
    expect(nameKeysOf('Ravi', '')).toEqual(['ravi']);
    expect(nameKeysOf('Ravi', 'Ravi')).toEqual(['ravi']);
    expect(nameKeysOf('a b c d e f g h i j').length).toBe(56);
    expect(sortNameOf('Zoë', 'Nuñez')).toBe('zoe nunez');
  });

  it('are those of the number alone, in the digits of any script, without what stands behind it', () => {
    expect(phoneKeyOf('98450 11111 (son)')).toBe('9845011111');
    expect(phoneKeyOf('98450 11111 ext 12')).toBe('9845011111');
    expect(phoneKeyOf('९८४५०१११११')).toBe('9845011111');
    expect(parseSearch('९८४५०१११११').phones).toContain('9845011111');
  });

  it('keep the last ten digits of a phone', () => {
    for (const typed of ['+91 98450 11111', '098450-11111', '(98450) 11111', '9845011111'])
      expect(phoneKeyOf(typed)).toBe('9845011111');
  });

  it('find a phone by its beginning, its end and in full, and an e-mail address in full', () => {
    const texts = contactTextsOf({
      phone: '+91 98450 11111',
      alternatePhone: '044 1234',
      email: 'Asha@Rao.test',
    });
    const typed = [
      '9845',
      '98450',
      '98450 1111',
      '98450 11111',
      '+91 98450',
      '1111',
      '11111',
      '011111',
      '1234',
    ];
    for (const text of [...typed, '0441234', 'asha@rao.TEST'])
      expect(
        typedContactTexts(parseSearch(text)).some((each) => texts.includes(each)),
        text,
      ).toBe(true);
    for (const text of ['984', '111', '8450', '845011', '501111', 'asha@rao.tes', 'asha'])
      expect(
        typedContactTexts(parseSearch(text)).some((each) => texts.includes(each)),
        text,
      ).toBe(false);
    // In full once, six beginnings, three ends; the short number has fewer; and the address.
    expect(texts.length).toBe(10 + 8 + 1);
  });
});

describe('what was typed into the search box', () => {
  it('is a patient number in any form', () => {
    for (const typed of ['P-000042', 'p42', 'P 42', 'p-42', ' p - 0042 ']) {
      expect(parseSearch(typed).numbers, typed).toEqual(['P-000042']);
    }
    expect(parseSearch('P-0000').numberPrefix).toBe('P-0000');
    expect(patientNumberOf(1_234_567)).toBe('P-1234567');
  });

  it('is a phone, however it is written', () => {
    for (const typed of ['98450 11111', '+91 98450-11111', '(98450) 11111', '098450 11111']) {
      expect(parseSearch(typed).phones, typed).toContain('9845011111');
    }
    expect(parseSearch('+91 984').phones).toContain('984');
    expect(parseSearch('0984').phones).toContain('984');
  });

  it('may be the beginning of a phone or a patient number while it is short', () => {
    expect(parseSearch('42')).toEqual({ ...nothing, numbers: ['P-000042'], phones: ['42'] });
    expect(parseSearch('4242').phoneEnd).toBe('4242');
    expect(parseSearch('+4242').phoneEnd).toBeNull();
    expect(parseSearch('98450111').numbers).toEqual([]);
  });

  it('is a birth day, alone or after a name', () => {
    expect(parseSearch('ravi 12/03/1980')).toEqual({ ...nothing, words: ['ravi'], birthDay: '1980-03-12' });
    expect(parseSearch('ravi 12/03/1980', 'mdy').birthDay).toBe('1980-12-03');
    expect(parseSearch('1980-03-12').birthDay).toBe('1980-03-12');
    expect(parseSearch('40/40/1980').birthDay).toBeNull();
  });

  it('is otherwise the beginnings of names, and never an operator or a pattern', () => {
    expect(parseSearch('  Lak   iyer ')).toEqual({ ...nothing, words: ['lak', 'iyer'] });
    expect(parseSearch('p')).toEqual({ ...nothing, words: ['p'] });
    expect(parseSearch('{"$ne":null}')).toEqual({ ...nothing, words: ['ne', 'null'] });
    for (const typed of ['.*', '   ', '^', '()', '+', '$'])
      expect(parseSearch(typed), typed).toEqual(nothing);
  });
});
