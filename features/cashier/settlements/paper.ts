import 'server-only';
import { amountInWords } from '@/lib/amount-in-words';
import { formatAmount, formatFigure } from '@/lib/currency';
import { notFoundError } from '@/lib/errors';
import { printSlip } from '@/lib/pdf/slip';
import { inPdfTurn } from '@/lib/pdf/turn';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, formatInstant, today } from '@/lib/time';
import { getBillSettings } from '../bill-settings/queries';
import { drawHead } from '../bills/paper';
import { getBill } from '../bills/queries';
import { getClaim } from '../claims/queries';
import { getPayer } from '../payers/queries';
import { listReceiptsOfBill } from '../payments/queries';
import { METHODS } from '../shifts/policy';

/** What goes with every claim of an eye hospital; ticked by hand when the set is put together. */
const ENCLOSED = [
  'Claim form with the hospital’s part filled in and stamped',
  'Copy of the policy or card, and of an identity',
  'Approval of the payer, with its queries and answers',
  'Discharge summary and operation note',
  'Investigation reports and scans',
  'Sticker of the lens or implant, signed and stamped',
  'Prescriptions and invoices of medicines',
] as const;

/**
 * The set of a claim on one paper: to whom, for whom, what is claimed, each line of the bill, each receipt of
 * the patient, and what is enclosed.
 * @throws AppError NOT_FOUND, also of one that has no bill yet; TOO_MANY_REQUESTS.
 */
export async function printClaim(ctx: TenantContext, claimId: string) {
  const claim = await getClaim(ctx, claimId);
  if (!claim.billId) throw notFoundError('claim');
  const [settings, bill, receipts, payer] = await Promise.all([
    getBillSettings(ctx),
    getBill(ctx, claim.billId),
    listReceiptsOfBill(ctx, claim.billId),
    getPayer(ctx, claim.payerId),
  ]);
  const currency = { ...settings.currency, code: bill.currency };
  const figure = (minor: number) => formatFigure(minor, currency);
  const isPaidBack = claim.mode === 'reimbursement';
  const title = isPaidBack ? 'Papers for reimbursement' : 'Claim';
  const content = await inPdfTurn(ctx.organizationId, () =>
    printSlip('a4', { title: `${title} ${claim.number}`, author: bill.supplier.name }, (slip) => {
      drawHead(slip, bill.supplier, settings.country === 'IN' ? 'GSTIN' : 'Tax number');
      slip.text(`${title} ${claim.number}`, { size: 13, weight: '600' });
      slip.pair('Date', formatDay(today(ctx.timeZone)));
      slip.gap();
      slip.text(`To ${payer.name}`, { weight: '600' });
      if (payer.address) slip.text(payer.address, { isMuted: true });
      if (payer.code) slip.pair('Our number with you', payer.code);
      slip.rule();
      const facts: [string, string | null][] = [
        ['Patient', `${claim.patientName}, ${claim.patientNumber}`],
        ['Number of the policy or card', claim.policyNumber],
        ['Member or employee number', claim.memberId],
        ['Number of your approval', claim.authorizationNumber],
        ['Your number of the claim', claim.claimNumber],
        ['Treated by', bill.doctorName],
        ['Bill', `${bill.number}, ${formatDay(bill.day)}`],
      ];
      for (const [label, value] of facts) if (value) slip.pair(label, value);
      slip.rule();
      slip.table(
        [
          { label: 'Service', cell: ({ name }) => name },
          { label: 'Qty', cell: ({ quantity }) => String(quantity), width: 40 },
          { label: 'Price', cell: ({ unitMinor }) => figure(unitMinor), width: 90 },
          { label: 'Total', cell: ({ totalMinor }) => figure(totalMinor), width: 90 },
        ],
        bill.lines,
      );
      slip.rule();
      slip.pair('Total of the bill', figure(bill.totalMinor), { weight: '600' });
      if (bill.creditedMinor > 0) slip.pair('Taken back', figure(0 - bill.creditedMinor));
      for (const { number, at, tenders, amountMinor } of receipts)
        slip.pair(
          `Paid by the patient, ${number}, ${formatInstant(new Date(at), ctx.timeZone)}, ${tenders
            .map(({ method }) => METHODS[method])
            .join(', ')}`,
          figure(amountMinor),
        );
      slip.gap();
      const claimed = isPaidBack ? bill.paidMinor : claim.claimedMinor - claim.returnedMinor;
      slip.pair(isPaidBack ? 'Paid by the patient' : 'Claimed from you', formatAmount(claimed, currency), {
        ...{ weight: '600', size: 12 },
      });
      slip.text(amountInWords(claimed, bill.currency), { isMuted: true });
      slip.gap(14);
      slip.text('Enclosed', { weight: '600' });
      for (const one of ENCLOSED) slip.text(`[  ]  ${one}`);
      slip.gap(24);
      slip.pair(`For ${bill.supplier.name}`, 'Signature and stamp', { isMuted: true });
    }),
  );
  return {
    ...{ name: `${claim.number.replaceAll('/', '-')}.pdf`, contentType: 'application/pdf' },
    content,
  };
}
