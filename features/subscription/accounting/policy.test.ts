import { describe, expect, it } from 'vitest';
import { cellsOf } from '@/lib/columns';
import { invoiceColumns, journalColumns } from './columns';
import { type BookedInvoice, entryOfInvoice, entryOfMovement, type JournalLine, taxRowsOf } from './policy';

const invoice = (more: Partial<BookedInvoice> = {}): BookedInvoice => ({
  ...{ number: 'A-1', at: '2026-03-31T23:59:59.000Z', customer: 'Sunrise', country: 'IN' },
  ...{ state: 'Maharashtra', taxNumber: '27AAPFU0939F1ZV', currency: 'inr' },
  ...{ netMinor: 10_000, taxMinor: 1_800, totalMinor: 11_800, dueMinor: 11_800, treatment: 'taxed' },
  isCreditNote: false,
  ...more,
});
const balanceOf = (lines: readonly JournalLine[]): number =>
  lines.reduce((sum, { debitMinor, creditMinor }) => sum + debitMinor - creditMinor, 0);

describe('an entry of the journal', () => {
  it.each([
    ['of an invoice', invoice()],
    ['of one that credit pays in part', invoice({ dueMinor: 1_000 })],
    ['of one that credit pays', invoice({ dueMinor: 0 })],
    [
      'of one that becomes credit',
      invoice({ netMinor: -5_000, taxMinor: -900, totalMinor: -5_900, dueMinor: 0 }),
    ],
    [
      'of a credit note',
      invoice({ netMinor: -5_000, taxMinor: -900, totalMinor: -5_900, dueMinor: 0, isCreditNote: true }),
    ],
    ['of one without tax', invoice({ taxMinor: 0, totalMinor: 10_000, dueMinor: 10_000 })],
  ])('%s has as much on each side, and no line of nothing', (_of, booked) => {
    const lines = entryOfInvoice(booked);
    expect(balanceOf(lines)).toBe(0);
    for (const { debitMinor, creditMinor } of lines)
      expect([debitMinor, creditMinor].filter((minor) => minor > 0)).toHaveLength(1);
  });

  it('of a payment and of what is given back are each other’s opposite at Stripe', () => {
    const movement = {
      id: 'ch_1',
      at: '2026-03-01T00:00:00.000Z',
      customer: 'S',
      currency: 'usd',
      amountMinor: 500,
    };
    const lines = [
      ...entryOfMovement({ ...movement, kind: 'payment' }),
      ...entryOfMovement({ ...movement, kind: 'refund' }),
    ];
    expect(balanceOf(lines)).toBe(0);
    expect(balanceOf(lines.filter(({ account }) => account === 'Stripe'))).toBe(0);
  });

  it('is written with the decimals of its currency: none of yen, three of dinars', () => {
    const cells = (currency: string) =>
      cellsOf(journalColumns, entryOfInvoice(invoice({ currency }))[0] as JournalLine);
    expect(cells('inr')[4]).toBe('118.00');
    expect(cells('jpy')[4]).toBe('11800');
    expect(cells('kwd')[4]).toBe('11.800');
    expect(cellsOf(invoiceColumns, invoice({ currency: 'jpy' })).slice(7)).toEqual([
      '10000',
      '1800',
      '11800',
      'JPY',
    ]);
  });
});

it('a tax report adds what is alike and never two currencies, and knows India’s states', () => {
  const rows = taxRowsOf([
    invoice(),
    invoice({ number: 'A-2' }),
    invoice({ number: 'A-3', currency: 'usd' }),
    invoice({ number: 'A-4', state: 'Kerala' }),
    invoice({
      number: 'A-5',
      country: 'DE',
      state: 'Berlin',
      treatment: 'reverse-charge',
      taxMinor: 0,
      totalMinor: 10_000,
    }),
    invoice({
      number: 'A-6',
      country: 'DE',
      state: 'Bayern',
      treatment: 'reverse-charge',
      taxMinor: 0,
      totalMinor: 10_000,
    }),
  ]);
  expect(rows.map(({ id, invoices, totalMinor }) => [id, invoices, totalMinor])).toEqual([
    ['DE||inr|reverse-charge', 2, 20_000],
    ['IN|Kerala|inr|taxed', 1, 11_800],
    ['IN|Maharashtra|inr|taxed', 2, 23_600],
    ['IN|Maharashtra|usd|taxed', 1, 11_800],
  ]);
});
