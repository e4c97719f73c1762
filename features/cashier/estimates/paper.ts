import 'server-only';
import { amountInWords } from '@/lib/amount-in-words';
import { formatAmount, formatFigure } from '@/lib/currency';
import { objectId } from '@/lib/mongo';
import { type Paper, printSlip, type SlipColumn } from '@/lib/pdf/slip';
import { inPdfTurn } from '@/lib/pdf/turn';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay } from '@/lib/time';
import { getBillSettings } from '../bill-settings/queries';
import { drawHead, wordsFor } from '../bills/paper';
import { supplierOf } from '../bills/service/write-bill';
import { estimateModel } from './model';
import { ESTIMATE_LABEL } from './policy';
import { getEstimate } from './queries';

/**
 * Prints an estimate and counts the print. The paper says that nothing is billed by it, and until when it
 * holds.
 * @throws AppError NOT_FOUND, TOO_MANY_REQUESTS.
 */
export async function printEstimate(ctx: TenantContext, estimateId: string, paper: Paper) {
  const [estimate, settings] = await Promise.all([getEstimate(ctx, estimateId), getBillSettings(ctx)]);
  const { number, lines, state } = estimate;
  const currency = { ...settings.currency, code: estimate.currency };
  const figure = (minor: number) => formatFigure(minor, currency);
  const { taxNumber, ...supplier } = supplierOf(settings);
  const say = await wordsFor(ctx, estimate.patientId);
  const about = { title: `Estimate ${number}`, author: supplier.name, say };
  const content = await inPdfTurn(ctx.organizationId, () =>
    printSlip(paper, about, (slip) => {
      drawHead(
        slip,
        { ...supplier, taxNumber: taxNumber ?? null },
        settings.country === 'IN' ? 'GSTIN' : 'Tax number',
      );
      const align = paper === 'roll' ? 'center' : 'left';
      slip.text('Estimate', { size: paper === 'roll' ? 10 : 13, weight: '600', align });
      if (state !== 'open') slip.text(ESTIMATE_LABEL[state], { weight: '600', align });
      if (estimate.prints > 0) slip.text(`Copy ${estimate.prints}`, { weight: '600', align });
      slip.gap(4);
      slip.pair('Number', number);
      slip.pair('Date', formatDay(estimate.day));
      slip.pair('Valid until', formatDay(estimate.validUntil));
      slip.pair('Patient', `${estimate.patientName}, ${estimate.patientNumber}`);
      if (estimate.doctorName) slip.pair('Doctor', estimate.doctorName);
      slip.rule();
      if (paper === 'roll')
        for (const line of lines) {
          slip.text(line.name);
          slip.pair(`${line.quantity} x ${figure(line.unitMinor)}`, figure(line.totalMinor), {
            isMuted: true,
          });
        }
      else {
        const columns: SlipColumn<(typeof lines)[number]>[] = [
          { label: 'Service', cell: ({ name }) => name },
          { label: 'Qty', cell: ({ quantity }) => String(quantity), width: 34 },
          { label: 'Price', cell: ({ unitMinor }) => figure(unitMinor), width: 76 },
          { label: 'Tax', cell: ({ taxMinor }) => figure(taxMinor), width: 62 },
          { label: 'Total', cell: ({ totalMinor }) => figure(totalMinor), width: 80 },
        ];
        slip.table(columns, lines);
      }
      slip.rule();
      if (estimate.roundOffMinor !== 0) slip.pair('Rounding', figure(estimate.roundOffMinor));
      slip.pair('Total', formatAmount(estimate.totalMinor, currency), {
        weight: '600',
        size: paper === 'roll' ? 10 : 12,
      });
      slip.text(amountInWords(estimate.totalMinor, estimate.currency), { isMuted: true });
      slip.gap();
      if (estimate.note) slip.text(estimate.note);
      slip.text(
        'This is an estimate and no bill. What is billed has the prices of the day on which it is done.',
        {
          isMuted: true,
        },
      );
      slip.gap(paper === 'roll' ? 10 : 24);
      slip.pair(`Written by ${estimate.byName}`, paper === 'roll' ? '' : 'Signature', { isMuted: true });
      if (settings.footer) slip.text(settings.footer, { isMuted: true, align });
    }),
  );
  await estimateModel(ctx).updateOne({ _id: objectId(estimate.id) }, { $inc: { prints: 1 } });
  return { name: `${number.replaceAll('/', '-')}.pdf`, contentType: 'application/pdf', content };
}
