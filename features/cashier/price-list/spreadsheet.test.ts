import { expect, it } from 'vitest';
import { cellsOf, headingsOf } from '@/lib/columns';
import { csvLine } from '@/lib/csv';
import { priceListColumns } from './columns';
import type { PricedService } from './queries';
import { planImport } from './spreadsheet';

const place = { country: 'IN', currency: 'INR' };
const service = (facts: Partial<PricedService> = {}): PricedService => ({
  ...{ id: 'a'.repeat(24), code: 'OCT', name: 'OCT macula', group: 'test', taxClass: 'health' },
  ...{ consultation: null, isActive: true, next: null, version: 'v1' },
  ...{ includes: [], includeDays: null },
  price: {
    ...{ id: 'p', serviceId: 'a', payer: 'everybody', amountMinor: 150_000, isInclusive: true },
    ...{ from: '2026-01-01', to: '9999-12-31', isOpen: true, byName: 'A' },
  },
  ...facts,
});
const known = [service(), service({ id: 'b'.repeat(24), code: 'OLD', isActive: false })];
const plan = (...lines: string[]) => planImport(lines.join('\n'), known, place);

it('changes nothing where the download comes back as it went', () => {
  const columns = priceListColumns('INR', 'IN');
  const text = [
    headingsOf(columns),
    ...[service(), service({ code: 'B', price: null, consultation: 'new' })].map((one) =>
      cellsOf(columns, one),
    ),
  ]
    .map((cells) => csvLine(cells as string[]))
    .join('');
  const list = [service(), service({ code: 'B', price: null, consultation: 'new' })];
  expect(planImport(text, list, place)).toEqual({ rows: [], same: 2, problems: [] });
});

it('tells new services, changes and prices apart, and leaves alone what no column says', () => {
  const { rows, same, problems } = plan(
    'Code,Name,Price',
    'oct,,1600',
    'NEW,New test,"1,250.50"',
    'B,Other,',
  );
  expect(problems).toEqual([]);
  expect(same).toBe(0);
  expect(rows).toMatchObject([
    { code: 'OCT', name: 'OCT macula', isChanged: false, price: { amountMinor: 160_000, isInclusive: true } },
    { code: 'NEW', serviceId: null, group: 'other', price: { amountMinor: 125_050, isInclusive: false } },
    { code: 'B', serviceId: null, price: null },
  ]);
  expect(plan('Code;With tax;Price', 'OCT;no;1500').rows[0]?.price).toEqual({
    ...{ amountMinor: 150_000, isInclusive: false },
  });
});

it('says what is wrong with its line, and never guesses', () => {
  const sentences = (...lines: string[]) => plan(...lines).problems;
  expect(sentences('Code,Price', 'OCT,free', 'OCT,-5', 'OCT,1.234')).toMatchObject([
    { line: 2 },
    { line: 3 },
    { line: 4 },
  ]);
  expect(sentences('Code,Name', 'X,A', 'X,B')).toMatchObject([
    { line: 3, sentence: 'X is in line 2 already.' },
  ]);
  expect(sentences('Code,Group', 'OCT,Teste')).toMatchObject([{ sentence: 'There is no group “Teste”.' }]);
  expect(sentences('Code,Tax', 'OCT,99 %')).toHaveLength(1);
  expect(sentences('Code,Price', 'OLD,5')).toMatchObject([
    { sentence: expect.stringContaining('Put it back') },
  ]);
  expect(sentences('Code,Price', 'NEW,5')).toMatchObject([{ sentence: 'NEW is new and needs a name.' }]);
  expect(sentences('Name,Price', 'OCT,5')).toMatchObject([{ line: 1 }]);
  expect(sentences('Code,Price')).toMatchObject([{ line: 1 }]);
  expect(sentences('')).toHaveLength(1);
});
