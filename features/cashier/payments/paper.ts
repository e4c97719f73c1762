import 'server-only';
import { amountInWords } from '@/lib/amount-in-words';
import { formatAmount, formatFigure } from '@/lib/currency';
import { objectId } from '@/lib/mongo';
import { type Paper, printSlip } from '@/lib/pdf/slip';
import { inPdfTurn } from '@/lib/pdf/turn';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatInstant } from '@/lib/time';
import type { BillSettings } from '../bill-settings/dto';
import { getBillSettings } from '../bill-settings/queries';
import { drawHead, wordsFor } from '../bills/paper';
import { supplierOf } from '../bills/service';
import { METHODS } from '../shifts/policy';
import type { Receipt } from './dto';
import { receiptModel } from './model';
import { RECEIPT_LABEL } from './policy';
import { getReceipt } from './queries';

type Options = {
  paper: Paper;
  settings: BillSettings;
  timeZone: string;
  say: (label: string) => string;
};

/** A receipt, an advance receipt or a refund voucher. From the second print on it says that it is a copy. */
function receiptPaper(receipt: Receipt, { paper, settings, timeZone, say }: Options): Promise<Buffer> {
  const currency = { ...settings.currency, code: receipt.currency };
  const figure = (minor: number) => formatFigure(Math.abs(minor), currency);
  const title = RECEIPT_LABEL[receipt.kind];
  const supplier = { ...supplierOf(settings), taxNumber: settings.taxNumber };
  const about = { title: `${title} ${receipt.number}`, author: supplier.name, say };
  return printSlip(paper, about, (slip) => {
    drawHead(slip, supplier, settings.country === 'IN' ? 'GSTIN' : 'Tax number');
    const align = paper === 'roll' ? 'center' : 'left';
    slip.text(title, { size: paper === 'roll' ? 10 : 13, weight: '600', align });
    if (receipt.prints > 0) slip.text(`Copy ${receipt.prints}`, { weight: '600', align });
    slip.gap(4);
    slip.pair('Number', receipt.number);
    slip.pair('Date', formatInstant(new Date(receipt.at), timeZone));
    slip.pair('Patient', `${receipt.patientName}, ${receipt.patientNumber}`);
    if (receipt.billNumber) slip.pair('For bill', receipt.billNumber);
    if (receipt.creditNoteNumber) slip.pair('Credit note', receipt.creditNoteNumber);
    slip.rule();
    for (const { method, amountMinor, reference, tenderedMinor, changeMinor, ofNumber } of receipt.tenders) {
      slip.pair(
        [METHODS[method], reference, ofNumber ? `of ${ofNumber}` : null].filter(Boolean).join(' '),
        figure(amountMinor),
      );
      if (tenderedMinor !== null && changeMinor)
        slip.pair(`Handed over ${figure(tenderedMinor)}, change`, figure(changeMinor), { isMuted: true });
    }
    slip.rule();
    slip.pair(
      receipt.kind === 'refund' ? 'Given back' : 'Received',
      formatAmount(Math.abs(receipt.amountMinor), currency),
      {
        weight: '600',
        size: paper === 'roll' ? 10 : 12,
      },
    );
    slip.text(amountInWords(Math.abs(receipt.amountMinor), receipt.currency), { isMuted: true });
    slip.gap(paper === 'roll' ? 10 : 24);
    slip.pair(
      `${receipt.kind === 'refund' ? 'Paid out' : 'Taken'} by ${receipt.cashierName}`,
      paper === 'roll' ? '' : 'Signature',
      {
        isMuted: true,
      },
    );
    if (settings.footer) slip.text(settings.footer, { isMuted: true, align });
  });
}

/** Prints a receipt and counts the print. @throws AppError NOT_FOUND, TOO_MANY_REQUESTS. */
export async function printReceipt(ctx: TenantContext, receiptId: string, paper: Paper) {
  const receipt = await getReceipt(ctx, receiptId);
  const settings = await getBillSettings(ctx, { branchId: receipt.branchId });
  const say = await wordsFor(ctx, receipt.patientId);
  const content = await inPdfTurn(ctx.organizationId, () =>
    receiptPaper(receipt, { paper, settings, timeZone: ctx.timeZone, say }),
  );
  await receiptModel(ctx).updateOne({ _id: objectId(receipt.id) }, { $inc: { prints: 1 } });
  return { name: `${receipt.number.replaceAll('/', '-')}.pdf`, contentType: 'application/pdf', content };
}
