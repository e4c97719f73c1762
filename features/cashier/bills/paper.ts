import 'server-only';
import { patientModel } from '@/features/patients/patients/model';
import { amountInWords } from '@/lib/amount-in-words';
import { formatAmount, formatFigure } from '@/lib/currency';
import { moneyWordsIn } from '@/lib/money-words';
import { objectId } from '@/lib/mongo';
import { paperLanguageOf } from '@/lib/paper-language';
import { type Paper, printSlip, type Slip, type SlipColumn } from '@/lib/pdf/slip';
import { inPdfTurn } from '@/lib/pdf/turn';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatInstant } from '@/lib/time';
import type { BillSettings } from '../bill-settings/dto';
import { getBillSettings } from '../bill-settings/queries';
import { INDIAN_STATES, stateOfTaxNumber } from '../bill-settings/states';
import { listClaimsOfBill } from '../claims/queries';
import type { Bill, BillLine } from './dto';
import { billModel } from './model';
import { getBill } from './queries';

/** What the law calls the paper: it depends on who supplies, and on what is taxed. */
function titleOf({ kind, supplier, lines }: Bill): string {
  if (kind === 'credit-note') return 'Credit note';
  if (!supplier.taxNumber) return 'Bill';
  const taxed = lines.filter(({ taxes }) => taxes.length > 0).length;
  if (taxed === 0) return 'Bill of supply';
  return taxed === lines.length ? 'Tax invoice' : 'Invoice-cum-bill of supply';
}

/** The words of a paper in the patient's language beside the English; English alone for a customer. */
export async function wordsFor(ctx: TenantContext, patientId: string | null) {
  // A paper is printed whatever became of the record.
  const row = patientId
    ? await patientModel(ctx).findById(objectId(patientId)).select('spokenLanguage').lean()
    : null;
  return moneyWordsIn(paperLanguageOf(row?.spokenLanguage));
}

type Head = Omit<Bill['supplier'], 'licences'> & { licences?: string | null };

/** Name, address and number of the hospital, as on every paper that it hands out. */
export function drawHead(slip: Slip, supplier: Head, taxName: string): void {
  const align = slip.paper === 'roll' ? 'center' : 'left';
  slip.text(supplier.name, { size: slip.paper === 'roll' ? 11 : 16, weight: '600', align });
  if (supplier.address) slip.text(supplier.address, { isMuted: true, align });
  if (supplier.taxNumber) slip.text(`${taxName} ${supplier.taxNumber}`, { isMuted: true, align });
  if (supplier.licences) slip.text(`Drug licence ${supplier.licences}`, { isMuted: true, align });
  slip.rule();
}

/** Each HSN and rate with what is taxed and what each tax comes to. */
function taxRowsOf(lines: readonly BillLine[]) {
  const rows = new Map<
    string,
    { hsn: string; name: string; rateBp: number; taxableMinor: number; amountMinor: number }
  >();
  for (const { hsn, taxableMinor, taxes } of lines)
    for (const { name, rateBp, amountMinor } of taxes) {
      const key = `${hsn} ${name} ${rateBp}`;
      const row = rows.get(key) ?? { hsn, name, rateBp, taxableMinor: 0, amountMinor: 0 };
      rows.set(key, {
        ...row,
        taxableMinor: row.taxableMinor + taxableMinor,
        amountMinor: row.amountMinor + amountMinor,
      });
    }
  return [...rows.values()];
}

/** The lots of goods, with their expiry as packs print it. */
const lotsText = ({ lots }: BillLine): string =>
  lots
    .map(
      ({ lotNumber, expiresOn }) => `Lot ${lotNumber}, exp ${expiresOn.slice(5, 7)}/${expiresOn.slice(0, 4)}`,
    )
    .join('; ');

function nameOf(line: BillLine): string {
  if (line.isFree) return `${line.name} (free review)`;
  return line.lots.length > 0 ? `${line.name} (${lotsText(line)})` : line.name;
}

function drawLines(slip: Slip, bill: Bill, figure: (minor: number) => string): void {
  if (slip.paper === 'roll') {
    for (const line of bill.lines) {
      slip.text(nameOf(line));
      slip.pair(`${line.quantity} x ${figure(line.unitMinor)}`, figure(line.grossMinor), { isMuted: true });
    }
    return;
  }
  const columns: SlipColumn<BillLine>[] = [
    { label: 'Service', cell: nameOf },
    { label: 'HSN/SAC', cell: ({ hsn }) => hsn, width: 58 },
    { label: 'Qty', cell: ({ quantity }) => String(quantity), width: 34 },
    { label: 'Price', cell: ({ unitMinor }) => figure(unitMinor), width: 76 },
    { label: 'Discount', cell: ({ discountMinor }) => figure(0 - discountMinor), width: 66 },
    { label: 'Tax', cell: ({ taxMinor }) => figure(taxMinor), width: 62 },
    { label: 'Total', cell: ({ totalMinor }) => figure(totalMinor), width: 80 },
  ];
  slip.table(columns, bill.lines);
}

function drawTaxes(slip: Slip, bill: Bill, figure: (minor: number) => string): void {
  const rows = taxRowsOf(bill.lines);
  if (rows.length === 0) return;
  slip.gap();
  slip.text('Taxes', { weight: '600' });
  for (const { hsn, name, rateBp, taxableMinor, amountMinor } of rows)
    slip.pair(
      `${name} ${rateBp / 100} % on ${figure(taxableMinor)}${hsn ? `, HSN/SAC ${hsn}` : ''}`,
      figure(amountMinor),
      { isMuted: true },
    );
}

type Options = {
  paper: Paper;
  settings: BillSettings;
  timeZone: string;
  upi: string | null;
  payers: readonly { payerName: string; shareMinor: number }[];
  say: (label: string) => string;
};

/** The bill as it is handed out. From the second print on it says that it is a copy. */
function billPaper(bill: Bill, { paper, settings, timeZone, upi, payers, say }: Options): Promise<Buffer> {
  const currency = { ...settings.currency, code: bill.currency };
  const figure = (minor: number) => formatFigure(minor, currency);
  const title = titleOf(bill);
  const about = { title: `${title} ${bill.number}`, author: bill.supplier.name, say };
  return printSlip(paper, about, (slip) => {
    drawHead(slip, bill.supplier, settings.country === 'IN' ? 'GSTIN' : 'Tax number');
    const align = paper === 'roll' ? 'center' : 'left';
    slip.text(title, { size: paper === 'roll' ? 10 : 13, weight: '600', align });
    if (bill.prints > 0) slip.text(`Copy ${bill.prints}`, { weight: '600', align });
    slip.gap(4);
    slip.pair('Number', bill.number);
    slip.pair('Date', formatInstant(new Date(bill.at), timeZone));
    if (bill.ofBillNumber) slip.pair('Of bill', bill.ofBillNumber);
    slip.pair(
      bill.isWalkIn ? 'Customer' : 'Patient',
      bill.isWalkIn ? bill.patientName : `${bill.patientName}, ${bill.patientNumber}`,
    );
    if (bill.doctorName) slip.pair('Doctor', bill.doctorName);
    if (bill.recipient) slip.pair('Billed to', `${bill.recipient.name}, GSTIN ${bill.recipient.taxNumber}`);
    // The law asks for it where it is not the state of the supplier.
    const own = stateOfTaxNumber(settings.country, bill.supplier.taxNumber);
    if (bill.placeOfSupply && bill.placeOfSupply !== own)
      slip.pair('Place of supply', `${INDIAN_STATES[bill.placeOfSupply] ?? ''} (${bill.placeOfSupply})`);
    slip.rule();
    drawLines(slip, bill, figure);
    slip.rule();
    const addedTax = bill.taxableMinor + bill.taxMinor - (bill.grossMinor - bill.discountMinor);
    if (bill.discountMinor !== 0) {
      slip.pair('Services', figure(bill.grossMinor));
      slip.pair('Discount', figure(0 - bill.discountMinor));
    }
    if (addedTax !== 0) slip.pair('Tax', figure(addedTax));
    if (bill.roundOffMinor !== 0) slip.pair('Rounding', figure(bill.roundOffMinor));
    slip.pair('Total', formatAmount(bill.totalMinor, currency), {
      weight: '600',
      size: paper === 'roll' ? 10 : 12,
    });
    slip.text(amountInWords(bill.totalMinor, bill.currency), { isMuted: true });
    drawTaxes(slip, bill, figure);
    if (bill.kind === 'bill') {
      slip.gap();
      // Without it the sums of a bill that was credited would not add up on its paper.
      if (bill.creditedMinor > 0) slip.pair('Taken back by credit notes', figure(0 - bill.creditedMinor));
      for (const { payerName, shareMinor } of payers) slip.pair(`Share of ${payerName}`, figure(shareMinor));
      if (payers.length > 0)
        slip.pair('Share of the patient', figure(bill.totalMinor - bill.creditedMinor - bill.payerMinor));
      slip.pair('Paid', figure(bill.paidMinor));
      slip.pair('Due', figure(Math.max(bill.dueMinor, 0)), { weight: '600' });
    }
    if (upi) {
      slip.gap();
      slip.code(upi, `Pay ${formatAmount(bill.dueMinor, currency)} by UPI`);
    }
    slip.gap(paper === 'roll' ? 10 : 24);
    slip.pair(`Issued by ${bill.byName}`, paper === 'roll' ? '' : 'Signature', { isMuted: true });
    if (settings.footer) slip.text(settings.footer, { isMuted: true, align });
  });
}

/**
 * Prints a bill and counts the print.
 * @param upiOf the address behind its UPI code, if it has one.
 * @throws AppError NOT_FOUND, TOO_MANY_REQUESTS.
 */
export async function printBill(
  ctx: TenantContext,
  billId: string,
  paper: Paper,
  upiOf: (bill: Bill, settings: BillSettings) => string | null,
) {
  const [bill, settings, claims] = await Promise.all([
    getBill(ctx, billId),
    getBillSettings(ctx),
    listClaimsOfBill(ctx, billId),
  ]);
  const payers = claims
    .map(({ payerName, claimedMinor, returnedMinor }) => ({
      payerName,
      shareMinor: claimedMinor - returnedMinor,
    }))
    .filter(({ shareMinor }) => shareMinor > 0);
  const upi = bill.kind === 'bill' ? upiOf(bill, settings) : null;
  const say = await wordsFor(ctx, bill.isWalkIn ? null : bill.patientId);
  const content = await inPdfTurn(ctx.organizationId, () =>
    billPaper(bill, { paper, settings, timeZone: ctx.timeZone, upi, payers, say }),
  );
  await billModel(ctx).updateOne({ _id: objectId(bill.id) }, { $inc: { prints: 1 } });
  return { name: `${bill.number.replaceAll('/', '-')}.pdf`, contentType: 'application/pdf', content };
}
