import PDFDocument from 'pdfkit';
import type Stripe from 'stripe';
import { day, money } from './html';
import { addressLines, isReverseCharge } from './invoice-words';

const LEFT = 50;
const RIGHT = 545;

/**
 * The invoice as a sheet of A4, in one piece: uncompressed, so that pdfkit writes it without waiting for a
 * stream.
 */
export function invoicePdf(invoice: Stripe.Invoice): Buffer {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: LEFT,
    compress: false,
    info: { Title: `Invoice ${invoice.number ?? invoice.id}`, Author: 'Chakravue (local payments)' },
  });
  const amount = (cents: number) => money(cents, invoice.currency);
  const row = (label: string, value: string, font = 'Helvetica') => {
    const { y } = pdf;
    pdf.font(font).text(label, LEFT, y, { width: 380 });
    const next = pdf.y;
    pdf.text(value, LEFT, y, { width: RIGHT - LEFT, align: 'right' });
    pdf.y = Math.max(next, pdf.y) + 6;
  };
  const rule = () => {
    pdf.moveTo(LEFT, pdf.y).lineTo(RIGHT, pdf.y).lineWidth(0.5).strokeColor('#999999').stroke();
    pdf.y += 8;
  };
  pdf.font('Helvetica-Bold').fontSize(20).text('Invoice', LEFT);
  pdf.moveDown(0.5).fontSize(10);
  row('Number', invoice.number ?? invoice.id);
  row('Date', day(invoice.created));
  row(
    'Billed to',
    [invoice.customer_name ?? invoice.customer_email ?? '', ...addressLines(invoice)].join('\n'),
  );
  for (const { type, value } of invoice.customer_tax_ids ?? [])
    row(`Tax id (${type.replace('_', ' ')})`, value ?? '');
  for (const { name, value } of invoice.custom_fields ?? []) row(name, value);
  row('From', invoice.account_name ?? '');
  row('Status', invoice.status ?? '');
  pdf.moveDown();
  rule();
  for (const line of invoice.lines.data) row(line.description ?? '', amount(line.amount));
  rule();
  row('Subtotal', amount(invoice.subtotal));
  const discount = (invoice.total_discount_amounts ?? []).reduce((sum, each) => sum + each.amount, 0);
  if (discount > 0) row('Discount', amount(-discount));
  const tax = (invoice.total_taxes ?? []).reduce((sum, each) => sum + each.amount, 0);
  if (tax > 0) row('Tax', amount(tax));
  if (isReverseCharge(invoice)) row('Tax is owed by the customer', 'Reverse charge');
  row('Total', amount(invoice.total), 'Helvetica-Bold');
  row('Paid', amount(invoice.amount_paid));
  row('Due', amount(invoice.amount_remaining), 'Helvetica-Bold');
  pdf.end();
  const written: unknown = pdf.read();
  if (!Buffer.isBuffer(written)) throw new Error('The invoice could not be written');
  return written;
}
