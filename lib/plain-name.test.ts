import { expect, it } from 'vitest';
import { inOneLine, isPlainName } from './plain-name';

it.each([
  'Asha Rao',
  'Dr. K.S. Rao',
  'Dr.Rao',
  "O'Brien-Smith",
  'आशा राव',
  'क्‍ष श्री',
  'محمد‌علی',
  '李小龍',
  'Aravali Eye Hospital (2nd floor), No. 12/4',
  'St. Mary & Sons Pvt. Ltd.',
  'Rao Jr.',
])('%s is a name', (name) => expect(isPlainName(name)).toBe(true));

it.each([
  'Asha\nRao',
  'Asha\r\nBcc: x',
  'Asha\u2028Rao',
  'Asha\u0000',
  'Asha\u0085',
  'Asha\u202eoaR',
  'Asha\u200b Rao',
  '\ufeffAsha',
  'https://evil.test',
  'Win at evil.com now',
  'evil.com/x',
  'HTTP://EVIL',
  'www.evil',
  'bonus.example.org',
  'ｅｖｉｌ．ｃｏｍ',
  'call me at a@b',
  'Rao //evil',
  'see 203.0.113.9',
  'evil.ly/abc',
])('%j is none', (name) => expect(isPlainName(name)).toBe(false));

it.each(['1', '-', 'a', 'a.', '.a', '/', '\u0915\u200d'])('is read in one pass: of %j', (unit) => {
  const before = process.cpuUsage().user;
  isPlainName(unit.repeat(60_000));
  // In microseconds of the processor: a machine with other work is not slow for that.
  expect(process.cpuUsage().user - before).toBeLessThan(500_000);
});

it('text in a mail is one line', () => {
  expect(inOneLine('Asha\r\nBcc: x\u2028\u202eRao \n')).toBe('Asha Bcc: x Rao');
  expect(inOneLine('आशा राव')).toBe('आशा राव');
});
