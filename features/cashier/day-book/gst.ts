import { decimalOf } from '@/lib/currency';
import type { Day } from '@/lib/time';
import { INDIAN_STATES, stateOfTaxNumber } from '../bill-settings/states';

// What India asks of a registered hospital each month, cut as the government's own spreadsheet is (GSTR-1).

export const GST_PARTS = {
  b2b: 'To registered payers',
  b2cl: 'Large, to other states',
  b2cs: 'All others, by state and rate',
  cdnr: 'Credit notes to registered payers',
  cdnur: 'Credit notes, large to other states',
  exemp: 'Nil rated and exempt',
  hsn: 'By HSN and rate',
  docs: 'Numbers issued',
} as const;
export type GstPart = keyof typeof GST_PARTS;

export type GstBill = {
  kind: 'bill' | 'credit-note';
  number: string;
  day: Day;
  totalMinor: number;
  placeOfSupply: string | null;
  supplierNumber: string | null;
  recipient: { name: string; taxNumber: string } | null;
  /** Of a credit note: what its bill came to. */
  ofTotalMinor: number | null;
  lines: {
    name: string;
    hsn: string;
    quantity: number;
    taxableMinor: number;
    totalMinor: number;
    taxes: { name: string; rateBp: number; amountMinor: number }[];
  }[];
};
type Line = GstBill['lines'][number];
type Row = (string | number)[];

const rateOf = ({ taxes }: Line): number => taxes.reduce((sum, { rateBp }) => sum + rateBp, 0) / 100;
/** A bill that names no state was written to nobody's address: it is of the hospital's own. */
const placed = (bill: GstBill): GstBill => ({
  ...bill,
  placeOfSupply: bill.placeOfSupply ?? stateOfTaxNumber('IN', bill.supplierNumber),
});
const isInterState = ({ placeOfSupply, supplierNumber }: GstBill): boolean =>
  placeOfSupply !== null && placeOfSupply !== stateOfTaxNumber('IN', supplierNumber);

/** Above it a bill to another state is named by itself; it was lowered in August 2024. */
const largeFrom = (day: Day): number => (day < '2024-08-01' ? 25_000_000 : 10_000_000);
const isLarge = (bill: GstBill): boolean =>
  !bill.recipient && isInterState(bill) && (bill.ofTotalMinor ?? bill.totalMinor) > largeFrom(bill.day);

const money = (minor: number): string => decimalOf(minor, 'INR');
const placeText = (code: string | null): string => (code ? `${code}-${INDIAN_STATES[code] ?? ''}` : '');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const dateText = (day: Day): string =>
  `${day.slice(8)}-${MONTHS[Number(day.slice(5, 7)) - 1]}-${day.slice(0, 4)}`;

/** Sums of equal keys, in the order in which keys came first. */
function grouped<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}
const sumOf = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);

/** The taxed lines of a bill by their rate. */
const byRate = (bill: GstBill) =>
  grouped(
    bill.lines.filter(({ taxes }) => taxes.length > 0),
    (line) => String(rateOf(line)),
  ).map((lines) => ({
    rate: lines[0] ? rateOf(lines[0]) : 0,
    taxableMinor: sumOf(lines, ({ taxableMinor }) => taxableMinor),
  }));

const HEADINGS: Record<GstPart, Row> = {
  b2b: [
    ...['GSTIN/UIN of Recipient', 'Receiver Name', 'Invoice Number', 'Invoice date', 'Invoice Value'],
    ...['Place Of Supply', 'Reverse Charge', 'Invoice Type', 'Rate', 'Taxable Value', 'Cess Amount'],
  ],
  b2cl: [
    ...['Invoice Number', 'Invoice date', 'Invoice Value', 'Place Of Supply', 'Rate', 'Taxable Value'],
    'Cess Amount',
  ],
  b2cs: ['Type', 'Place Of Supply', 'Rate', 'Taxable Value', 'Cess Amount'],
  cdnr: [
    ...['GSTIN/UIN of Recipient', 'Receiver Name', 'Note Number', 'Note Date', 'Note Type'],
    ...['Place Of Supply', 'Reverse Charge', 'Note Value', 'Rate', 'Taxable Value', 'Cess Amount'],
  ],
  cdnur: [
    ...['UR Type', 'Note Number', 'Note Date', 'Note Type', 'Place Of Supply', 'Note Value', 'Rate'],
    ...['Taxable Value', 'Cess Amount'],
  ],
  exemp: [
    ...['Description', 'Nil Rated Supplies', 'Exempted(other than nil rated/non GST supply)'],
    'Non-GST Supplies',
  ],
  hsn: [
    ...['HSN', 'Description', 'UQC', 'Total Quantity', 'Total Value', 'Rate', 'Taxable Value'],
    ...['Integrated Tax Amount', 'Central Tax Amount', 'State/UT Tax Amount', 'Cess Amount'],
  ],
  docs: ['Nature of Document', 'Sr. No. From', 'Sr. No. To', 'Total Number', 'Cancelled'],
};

const PARTS: Record<GstPart, (bills: readonly GstBill[]) => Row[]> = {
  b2b: (bills) =>
    bills
      .filter(({ kind, recipient }) => kind === 'bill' && recipient)
      .flatMap((bill) =>
        byRate(bill).map(({ rate, taxableMinor }) => [
          ...[bill.recipient?.taxNumber ?? '', bill.recipient?.name ?? '', bill.number, dateText(bill.day)],
          ...[money(bill.totalMinor), placeText(bill.placeOfSupply), 'N', 'Regular B2B', rate],
          ...[money(taxableMinor), money(0)],
        ]),
      ),
  b2cl: (bills) =>
    bills
      .filter((bill) => bill.kind === 'bill' && isLarge(bill))
      .flatMap((bill) =>
        byRate(bill).map(({ rate, taxableMinor }) => [
          ...[bill.number, dateText(bill.day), money(bill.totalMinor), placeText(bill.placeOfSupply), rate],
          ...[money(taxableMinor), money(0)],
        ]),
      ),
  b2cs: (bills) =>
    grouped(
      bills
        .filter((bill) => !bill.recipient && !isLarge(bill))
        .flatMap((bill) => byRate(bill).map((part) => ({ ...part, place: bill.placeOfSupply }))),
      ({ place, rate }) => `${place}|${rate}`,
    ).map((rows) => [
      ...['OE', placeText(rows[0]?.place ?? null), rows[0]?.rate ?? 0],
      ...[money(sumOf(rows, ({ taxableMinor }) => taxableMinor)), money(0)],
    ]),
  cdnr: (bills) =>
    bills
      .filter(({ kind, recipient }) => kind === 'credit-note' && recipient)
      .flatMap((bill) =>
        byRate(bill).map(({ rate, taxableMinor }) => [
          ...[bill.recipient?.taxNumber ?? '', bill.recipient?.name ?? '', bill.number, dateText(bill.day)],
          ...['C', placeText(bill.placeOfSupply), 'N', money(0 - bill.totalMinor), rate],
          ...[money(0 - taxableMinor), money(0)],
        ]),
      ),
  cdnur: (bills) =>
    bills
      .filter((bill) => bill.kind === 'credit-note' && isLarge(bill))
      .flatMap((bill) =>
        byRate(bill).map(({ rate, taxableMinor }) => [
          ...['B2CL', bill.number, dateText(bill.day), 'C', placeText(bill.placeOfSupply)],
          ...[money(0 - bill.totalMinor), rate, money(0 - taxableMinor), money(0)],
        ]),
      ),
  exemp: (bills) =>
    [true, false].flatMap((isInter) =>
      [true, false].map((isRegistered) => {
        const lines = bills
          .filter((bill) => isInterState(bill) === isInter && (bill.recipient !== null) === isRegistered)
          .flatMap((bill) => bill.lines.filter(({ taxes }) => taxes.length === 0));
        // Care is exempt by its entry; goods without a tax are of the nil list.
        const of = (isCare: boolean) =>
          sumOf(
            lines.filter(({ hsn }) => hsn.startsWith('99') === isCare),
            ({ taxableMinor }) => taxableMinor,
          );
        return [
          `${isInter ? 'Inter' : 'Intra'}-State supplies to ${isRegistered ? 'registered' : 'unregistered'} persons`,
          ...[money(of(false)), money(of(true)), money(0)],
        ];
      }),
    ),
  hsn: (bills) =>
    grouped(
      bills.flatMap(({ lines, kind }) => lines.map((line) => ({ ...line, sign: kind === 'bill' ? 1 : -1 }))),
      (line) => `${line.hsn}|${rateOf(line)}`,
    ).map((lines) => {
      const tax = (name: string) =>
        money(
          sumOf(lines, ({ taxes }) =>
            sumOf(
              taxes.filter((one) => one.name === name),
              ({ amountMinor }) => amountMinor,
            ),
          ),
        );
      const [first] = lines;
      return [
        ...[first?.hsn ?? '', '', first?.hsn.startsWith('99') ? 'NA' : 'OTH-OTHERS'],
        ...[sumOf(lines, ({ quantity, sign }) => quantity * sign)],
        ...[money(sumOf(lines, ({ totalMinor }) => totalMinor)), first ? rateOf(first) : 0],
        ...[money(sumOf(lines, ({ taxableMinor }) => taxableMinor)), tax('IGST'), tax('CGST'), tax('SGST')],
        money(0),
      ];
    }),
  docs: (bills) =>
    grouped(bills, ({ kind, number }) => `${kind}|${number.slice(0, number.lastIndexOf('/'))}`).map(
      (rows) => {
        const numbers = rows.map(({ number }) => number).sort();
        return [
          rows[0]?.kind === 'bill' ? 'Invoices for outward supply' : 'Credit Note',
          ...[numbers[0] ?? '', numbers.at(-1) ?? '', numbers.length, 0],
        ];
      },
    ),
};

/** One part of the return over the bills and credit notes of a month, with its headings. */
export const gstTable = (part: GstPart, bills: readonly GstBill[]): Row[] => [
  HEADINGS[part],
  ...PARTS[part](bills.map(placed)),
];
