import { describe, expect, it } from 'vitest';
import { GST_PARTS, type GstBill, type GstPart, gstTable } from './gst';

const supplierNumber = '27AAPFU0939F1ZV';
const halves = (rateBp: number, amountMinor: number) => [
  { name: 'CGST', rateBp: rateBp / 2, amountMinor: amountMinor / 2 },
  { name: 'SGST', rateBp: rateBp / 2, amountMinor: amountMinor / 2 },
];
const line = (more: Partial<GstBill['lines'][number]>): GstBill['lines'][number] => ({
  ...{ name: 'Frame', hsn: '9003', quantity: 1, taxableMinor: 100_000, totalMinor: 105_000 },
  taxes: halves(500, 5_000),
  ...more,
});
const care = line({ hsn: '999312', taxes: [], taxableMinor: 50_000, totalMinor: 50_000 });
const bill = (number: string, more: Partial<GstBill> = {}): GstBill => ({
  ...{ kind: 'bill', number, day: '2026-11-05', totalMinor: 155_000, placeOfSupply: '27' },
  ...{ supplierNumber, recipient: null, ofTotalMinor: null, lines: [care, line({})] },
  ...more,
});
const far = line({
  ...{ taxableMinor: 20_000_000, totalMinor: 21_000_000 },
  taxes: [{ name: 'IGST', rateBp: 500, amountMinor: 1_000_000 }],
});
const back = line({ quantity: 1, taxableMinor: -100_000, totalMinor: -105_000, taxes: halves(500, -5_000) });
const BILLS: GstBill[] = [
  bill('B/2627/000001'),
  bill('B/2627/000002', {
    lines: [line({ hsn: '9004', taxes: halves(1_800, 18_000), totalMinor: 118_000 })],
  }),
  bill('B/2627/000003', { placeOfSupply: '29', totalMinor: 21_000_000, lines: [far] }),
  bill('B/2627/000004', {
    recipient: { name: 'Works Ltd', taxNumber: '29AAGCB7383J1Z4' },
    placeOfSupply: '29',
  }),
  bill('C/2627/000001', { kind: 'credit-note', totalMinor: -105_000, ofTotalMinor: 155_000, lines: [back] }),
];
const rows = (part: GstPart) => gstTable(part, BILLS).slice(1);

describe('the monthly return', () => {
  it('sums small supplies by state and rate, less what was credited', () => {
    expect(rows('b2cs')).toEqual([
      ['OE', '27-Maharashtra', 5, '0.00', '0.00'],
      ['OE', '27-Maharashtra', 18, '1000.00', '0.00'],
    ]);
  });

  it('has a bill that names no state among those of the hospital’s own', () => {
    const bills = [bill('B/2627/000005'), bill('B/2627/000006', { placeOfSupply: null })];
    expect(gstTable('b2cs', bills).slice(1)).toEqual([['OE', '27-Maharashtra', 5, '2000.00', '0.00']]);
  });

  it('names a large supply to another state, and one to a registered payer', () => {
    expect(rows('b2cl')).toEqual([
      ['B/2627/000003', '05-Nov-2026', '210000.00', '29-Karnataka', 5, '200000.00', '0.00'],
    ]);
    expect(rows('b2b').map((row) => [row[0], row[2], row[8]])).toEqual([
      ['29AAGCB7383J1Z4', 'B/2627/000004', 5],
    ]);
  });

  it('has care as exempt, and the whole by HSN and rate', () => {
    expect(rows('exemp').map((row) => row.slice(0, 3))).toEqual([
      ['Inter-State supplies to registered persons', '0.00', '500.00'],
      ['Inter-State supplies to unregistered persons', '0.00', '0.00'],
      ['Intra-State supplies to registered persons', '0.00', '0.00'],
      ['Intra-State supplies to unregistered persons', '0.00', '500.00'],
    ]);
    const total = rows('hsn').reduce((sum, row) => sum + Number(row[4]), 0);
    const lines = BILLS.flatMap(({ lines: of }) => of);
    expect(total * 100).toBe(lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0));
  });

  it('lists the numbers that were issued', () => {
    expect(rows('docs')).toEqual([
      ['Invoices for outward supply', 'B/2627/000001', 'B/2627/000004', 4, 0],
      ['Credit Note', 'C/2627/000001', 'C/2627/000001', 1, 0],
    ]);
  });

  it('has as many cells in each row as headings', () => {
    for (const part of Object.keys(GST_PARTS) as GstPart[]) {
      const [headings = [], ...found] = gstTable(part, BILLS);
      for (const row of found) expect(row).toHaveLength(headings.length);
    }
  });
});
