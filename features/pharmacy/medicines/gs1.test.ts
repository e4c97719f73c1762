import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gtinCheckDigit, readGtin, readPackCode, readPackDay, withoutSign } from './gs1';

const GS = '\u001d';
const read = (text: string) => readPackCode(text, 2026);
const EYE_DROPS = '08901234567890';

describe('a code on a pack', () => {
  it.each([
    [`]d201${EYE_DROPS}17270300${'10'}A7B${GS}21SN-9`, { lotNumber: 'A7B', serial: 'SN-9' }],
    [`${GS}01${EYE_DROPS}10A7B${GS}17270331`, { lotNumber: 'A7B' }],
    [`01${EYE_DROPS}10A7B{GS}17270331`, { lotNumber: 'A7B' }],
    [`(01)${EYE_DROPS}(17)270300(10)A7B`, { lotNumber: 'A7B' }],
  ])('reads %j', (text, more) => {
    expect(read(text)).toEqual({ code: { gtin: EYE_DROPS, expiresOn: '2027-03-31', ...more } });
  });

  it('knows pieces and packs as what they are', () => {
    expect(read(`01${EYE_DROPS}3012${GS}3740`)).toEqual({ code: { gtin: EYE_DROPS, count: 12, packs: 40 } });
  });

  it('reads a plain number, with its digit', () => {
    expect(read('8901234567890')).toEqual({ code: { gtin: EYE_DROPS } });
    expect(read('8901234567894')).toHaveProperty('problem');
  });

  it('takes off what a scanner says of the kind of the code, whichever it is', () => {
    expect(read(']E08901234567890')).toEqual({ code: { gtin: EYE_DROPS } });
    expect(read(`]d801${EYE_DROPS}10A7B${GS}17270331`)).toHaveProperty('code.lotNumber', 'A7B');
    expect(withoutSign(']C0cvlot.0123')).toBe('cvlot.0123');
    expect(withoutSign(']LOT-9')).toBe(']LOT-9');
  });

  it.each([
    // Without a separator nobody knows where the lot ends.
    [`01${EYE_DROPS}1021072911172405310`, /told apart/],
    [`10A72911${'17'}240531`, /told apart/],
    [`01${EYE_DROPS}17270231`, /not a day/],
    [`01${EYE_DROPS}17271300`, /not a day/],
    [`01${EYE_DROPS.slice(0, 9)}`, /cut off/],
    [`01${EYE_DROPS}10`, /cut off/],
    [`01${EYE_DROPS}99INTERNAL`, /cannot be read/],
    ['+H123ABC01D6', /cannot be read/],
    ['(01)08901234567894', /wrong digit/],
    [`10${'X'.repeat(21)}`, /told apart/],
  ])('refuses %j', (text, sentence) => {
    const found = read(text);
    expect('problem' in found ? found.problem : 'read').toMatch(sentence);
  });
});

it('puts two digits of a year into the century that is nearest', () => {
  expect(readPackDay('270300', 2026)).toBe('2027-03-31');
  expect(readPackDay('280200', 2026)).toBe('2028-02-29');
  expect(readPackDay('760101', 2026)).toBe('2076-01-01');
  expect(readPackDay('770101', 2026)).toBe('1977-01-01');
  expect(readPackDay('000101', 2051)).toBe('2100-01-01');
});

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
const gtins = digits(13).map((first) => `${first}${gtinCheckDigit(first)}`);
const lots = fc.stringMatching(/^[A-Z][A-Z/-]{0,4}[A-Z0-9]?$/);
const days = fc
  .tuple(
    fc.integer({ min: 2024, max: 2060 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join('-'));

it('gives back what was written, in any order of the elements', () => {
  fc.assert(
    fc.property(
      gtins,
      lots,
      lots,
      days,
      fc.integer({ min: 1, max: 9 }),
      (gtin, lotNumber, serial, day, at) => {
        const elements = [
          `01${gtin}`,
          `17${day.slice(2).replaceAll('-', '')}`,
          `10${lotNumber}${GS}`,
          `21${serial}${GS}`,
        ];
        const turned = [...elements.slice(at % 4), ...elements.slice(0, at % 4)].join('');
        expect(read(turned.endsWith(GS) ? turned.slice(0, -1) : turned)).toEqual({
          code: { gtin, lotNumber, serial, expiresOn: day },
        });
      },
    ),
  );
});

it('never throws, and finds each wrong digit of a number', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void read(text)));
  fc.assert(
    fc.property(gtins, fc.integer({ min: 0, max: 13 }), fc.integer({ min: 1, max: 9 }), (gtin, at, more) => {
      const wrong = [...gtin];
      wrong[at] = String((Number(wrong[at]) + more) % 10);
      expect(readGtin(gtin)).toBe(gtin);
      expect(readGtin(wrong.join(''))).toBeNull();
    }),
  );
});
