import { describe, expect, it } from 'vitest';
import { identityOf, searchKeysOf } from './keys';
import { countOf, expiryMark, parseExpiry, splitByExpiry, stockMark, usableQuantity } from './policy';

const batches = [
  { id: 'c', expiresOn: '2027-01-31', quantity: 5 },
  { id: 'a', expiresOn: '2026-12-31', quantity: 3 },
  { id: 'x', expiresOn: '2026-11-22', quantity: 50 },
];

describe('splitByExpiry', () => {
  it('takes the batch that expires first, then the next', () => {
    expect(splitByExpiry(batches, 4, '2026-11-23')).toEqual([
      { id: 'a', quantity: 3 },
      { id: 'c', quantity: 1 },
    ]);
  });
  it('uses a batch on its last day and never after', () => {
    expect(splitByExpiry(batches, 50, '2026-11-22')?.[0]).toEqual({ id: 'x', quantity: 50 });
    expect(splitByExpiry(batches, 9, '2026-11-23')).toBeNull();
    expect(usableQuantity(batches, '2026-11-23')).toBe(8);
  });
});

describe('parseExpiry', () => {
  it.each([
    ['03/2027', '2027-03-31'],
    ['3/27', '2027-03-31'],
    ['02-2028', '2028-02-29'],
    ['EXP 03/2027', '2027-03-31'],
    ['Mar 2027', '2027-03-31'],
    ['sept 27', '2027-09-30'],
    ['2027-03', '2027-03-31'],
    ['2027-03-15', '2027-03-15'],
    ['15 Mar 2027', '2027-03-15'],
    ['15/03/2027', '2027-03-15'],
    ['03/15/2027', '2027-03-15'],
    ['04.04.27', '2027-04-04'],
    ['270331', '2027-03-31'],
    ['270300', '2027-03-31'],
    ['202703', '2027-03-31'],
    ['032027', '2027-03-31'],
    ['0327', '2027-03-31'],
    ['2703', '2027-03-31'],
    ['20270315', '2027-03-15'],
    ['15032027', '2027-03-15'],
    ['27-03-00', '2027-03-31'],
    ['27/02/00', '2027-02-28'],
  ])('reads %s as %s', (text, day) => {
    expect(parseExpiry(text)).toBe(day);
  });
  it.each([
    '',
    '2027',
    '0310',
    '201012',
    '27033',
    '271331',
    '27-13-00',
    '13/2027',
    '00/2027',
    '31/02/2027',
    '03/04/2027',
    '03/1927',
    'soon',
    '1/2/3/4',
    'xyz 2027',
    '{"$ne":1}',
  ])('does not guess at "%s"', (text) => {
    expect(parseExpiry(text)).toBeNull();
  });
});

it('stockMark warns at the reorder level', () => {
  const mark = (onHand: number, isLow: boolean) => stockMark({ onHand, isLow });
  expect([mark(0, true), mark(5, true), mark(6, false)]).toEqual(['out', 'low', 'enough']);
  // All of it is on its way to another store: not to be ordered, and not to be given.
  expect(mark(0, false)).toBe('out');
});

it('expiryMark warns for 90 days, and on the day itself', () => {
  const today = '2026-11-23';
  expect(expiryMark('2026-11-22', today)).toBe('expired');
  expect(expiryMark('2026-11-23', today)).toBe('soon');
  expect(expiryMark('2027-02-21', today)).toBe('soon');
  expect(expiryMark('2027-02-22', today)).toBe('fine');
});

it('countOf speaks English for the units that are counted', () => {
  expect([countOf(1, 'bottle'), countOf(0, 'bottle'), countOf(2, 'Box'), countOf(5, 'ml')]).toEqual([
    '1 bottle',
    '0 bottles',
    '2 Boxes',
    '5 ml',
  ]);
});

describe('identityOf', () => {
  const of = (name: string, strength: string, form = 'drop') => identityOf({ name, strength, form });
  it('overlooks case and spaces', () => {
    expect(of('Timolol', '0.5 %')).toBe(of(' timolol', '0.5%'));
    expect(of('Acetazolamide', '250 mg', 'tablet')).toBe(of('Acetazolamide', '250MG', 'tablet'));
  });
  it('keeps strengths and forms apart', () => {
    expect(of('Timolol', '0.5 %')).not.toBe(of('Timolol', '5 %'));
    expect(of('Timolol', '0.25 %')).not.toBe(of('Timolol', '0.5 %'));
    expect(of('Timolol', '5.5 %')).not.toBe(of('Timolol', '5 %'));
    expect(of('Tobramycin', '0.3 %')).not.toBe(of('Tobramycin', '0.3 %', 'ointment'));
  });
});

it('searchKeysOf holds the words of the name, the generic name and the strength', () => {
  expect(searchKeysOf({ name: 'Tears Plus', genericName: 'Polyvinyl alcohol', strength: '1.4 %' })).toEqual([
    'tears',
    'plus',
    'polyvinyl',
    'alcohol',
    '1',
    '4',
  ]);
});
