import { describe, expect, it } from 'vitest';
import {
  accountEmail,
  contactEmail,
  day,
  id,
  money,
  optionalText,
  text,
  textOrEmpty,
  ticked,
  version,
} from './fields';

const sentencesOf = (result: { error?: { issues: { message: string }[] } | undefined }) =>
  result.error?.issues.map(({ message }) => message) ?? [];

describe('fields', () => {
  it('trim text, and keep a line break as one character whichever way the browser posts it', () => {
    expect(text(20, 'Say it.').parse('  a\r\nb\rc  ')).toBe('a\nb\nc');
    expect(optionalText(20).parse('first\r\nsecond')).toBe('first\nsecond');
  });

  it('say what is wrong with text in one sentence each', () => {
    const name = text(5, 'Enter a name.', 2);
    for (const missing of [undefined, null, 7, '', ' ', 'a'])
      expect(sentencesOf(name.safeParse(missing)), String(missing)).toEqual(['Enter a name.']);
    expect(sentencesOf(name.safeParse('abcdef'))).toEqual(['Use at most 5 characters.']);
    expect(sentencesOf(textOrEmpty(2_000).safeParse('x'.repeat(2_001)))).toEqual([
      'Use at most 2,000 characters.',
    ]);
    expect(sentencesOf(name.safeParse('a\u0000b'))).toEqual(['Remove the characters that cannot be read.']);
    expect(name.safeParse({ $ne: null }).success).toBe(false);
  });

  it('read text that is left out as undefined, or as empty', () => {
    for (const nothing of [undefined, '', '  ']) {
      expect(optionalText(5).parse(nothing)).toBeUndefined();
      expect(textOrEmpty(5).parse(nothing)).toBe('');
    }
  });

  it('take the id of a record and nothing else', () => {
    expect(id('Unknown.').parse('0123456789abcdef01234567')).toBe('0123456789abcdef01234567');
    for (const wrong of ['', '0123', `${'0'.repeat(24)}\n`, 'g'.repeat(24), { $ne: null }, undefined])
      expect(sentencesOf(id('Unknown.').safeParse(wrong))).toEqual(['Unknown.']);
  });

  it('read money in cents, with a point or a comma, and refuse what is not an amount', () => {
    const price = money('the price');
    expect([price.parse('12.50'), price.parse('12,5'), price.parse('7'), price.parse('')]).toEqual([
      1250,
      1250,
      700,
      undefined,
    ]);
    for (const wrong of ['-1', '1.234', '1e5', 'ten'])
      expect(price.safeParse(wrong).success, wrong).toBe(false);
  });

  it('refuse days that do not exist or are far away, and versions that are not whole', () => {
    expect(day.parse('2026-02-28')).toBe('2026-02-28');
    for (const wrong of ['2026-02-30', '1999-12-31', '2100-01-02', 'tomorrow'])
      expect(day.safeParse(wrong).success, wrong).toBe(false);
    expect(version.parse('3')).toBe(3);
    for (const wrong of ['-1', '1.5', 'x']) expect(version.safeParse(wrong).success, wrong).toBe(false);
  });

  it('read a box that is not there as not ticked', () => {
    expect([ticked.parse('on'), ticked.parse(undefined), ticked.parse('yes')]).toEqual([true, false, false]);
  });

  it('take the addresses that people have, and an account only one that looks like no other', () => {
    const [account, contact] = [accountEmail('No.'), contactEmail('No.')];
    for (const one of ['r&d@hospital.org', 'a.b+c@xn--mnchen-augen-thb.de', "o'neil@x.co"]) {
      expect(account.parse(one)).toBe(one);
      expect(contact.parse(one)).toBe(one);
    }
    expect(contact.parse('søren@gmail.com')).toBe('søren@gmail.com');
    expect(account.safeParse('søren@gmail.com').success).toBe(false);
    for (const wrong of [
      '',
      'a@b',
      '.a@x.co',
      'a..b@x.co',
      'a.@x.co',
      'a b@x.co',
      'a@x.co\r\nBcc: b@x.co',
      '<a@x.co>',
    ])
      for (const field of [account, contact]) expect(field.safeParse(wrong).success, wrong).toBe(false);
  });

  it('take the line breaks of word processors as line breaks', () => {
    expect(text(50, 'Give it.').parse('Diabetic\vOne-eyed\u2028left')).toBe('Diabetic\nOne-eyed\nleft');
  });
});
