import 'server-only';
import { amountInWords } from '@/lib/amount-in-words';
import { formatAmount, formatFigure } from '@/lib/currency';
import { printSlip } from '@/lib/pdf/slip';
import { inPdfTurn } from '@/lib/pdf/turn';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, today } from '@/lib/time';
import { getBillSettings } from '../bill-settings/queries';
import { drawHead } from '../bills/paper';
import { supplierOf } from '../bills/service';
import { listOpenClaims } from '../claims/queries';
import { getPayer } from '../payers/queries';

/** More than one letter asks for at once. */
const MOST = 1_000;

/**
 * What a payer is asked for in one letter: the sponsor of a camp after the camp, an employer at the end of a
 * month. Each open claim with its patient and bill, oldest first, and the sum of what is open.
 * @throws AppError NOT_FOUND, TOO_MANY_REQUESTS.
 */
export async function printPayerStatement(ctx: TenantContext, payerId: string) {
  const [payer, settings, claims] = await Promise.all([
    getPayer(ctx, payerId),
    getBillSettings(ctx),
    listOpenClaims(ctx, payerId, MOST),
  ]);
  const { currency } = settings;
  const figure = (minor: number) => formatFigure(minor, currency);
  const openMinor = claims.reduce((sum, claim) => sum + claim.openMinor, 0);
  const supplier = { ...supplierOf(settings), taxNumber: settings.taxNumber };
  const day = today(ctx.timeZone);
  const content = await inPdfTurn(ctx.organizationId, () =>
    printSlip('a4', { title: `Statement for ${payer.name}`, author: supplier.name }, (slip) => {
      drawHead(slip, supplier, settings.country === 'IN' ? 'GSTIN' : 'Tax number');
      slip.text('Statement of claims', { size: 13, weight: '600' });
      slip.pair('Date', formatDay(day));
      slip.gap();
      slip.text(`To ${payer.name}`, { weight: '600' });
      if (payer.address) slip.text(payer.address, { isMuted: true });
      if (payer.taxNumber) slip.text(payer.taxNumber, { isMuted: true });
      if (payer.code) slip.pair('Our number with you', payer.code);
      slip.rule();
      if (claims.length === 0) slip.text('Nothing is open.', { isMuted: true });
      else
        slip.table(
          [
            { label: 'Patient', cell: ({ patientName }) => patientName },
            { label: 'Claim', cell: ({ number }) => number, width: 92 },
            { label: 'Bill', cell: ({ billNumber }) => billNumber ?? '', width: 92 },
            { label: 'Day', cell: ({ day: of }) => formatDay(of), width: 80 },
            { label: 'Open', cell: (claim) => figure(claim.openMinor), width: 84 },
          ],
          claims,
        );
      slip.rule();
      slip.pair(`${claims.length} claims, to be paid`, formatAmount(openMinor, currency), {
        ...{ weight: '600', size: 12 },
      });
      slip.text(amountInWords(openMinor, currency.code), { isMuted: true });
      slip.gap(24);
      slip.pair(`For ${supplier.name}`, 'Signature', { isMuted: true });
    }),
  );
  return { name: `claims-${day}.pdf`, contentType: 'application/pdf', content };
}
