import 'server-only';
import { getPatient } from '@/features/patients/patients/queries';
import { amountInWords } from '@/lib/amount-in-words';
import { formatAmount, formatFigure } from '@/lib/currency';
import { printSlip } from '@/lib/pdf/slip';
import { inPdfTurn } from '@/lib/pdf/turn';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, formatDay, today } from '@/lib/time';
import { getBillSettings } from '../bill-settings/queries';
import { drawHead } from '../bills/paper';
import { supplierOf } from '../bills/service';
import { readAccount } from './queries';

/** The first day of the year that a day's documents are numbered in. */
function yearBegin(day: Day, startMonth: number): Day {
  const year = Number(day.slice(0, 4)) - (Number(day.slice(5, 7)) < startMonth ? 1 : 0);
  return `${year}-${String(startMonth).padStart(2, '0')}-01`;
}

/**
 * Prints a patient's account: what was billed, paid and taken over, each with what was owed after it.
 * @param from its first day; the first of the financial year where nothing is said.
 * @throws AppError NOT_FOUND, TOO_MANY_REQUESTS.
 */
export async function printStatement(ctx: TenantContext, patientId: string, from: Day | undefined) {
  const [patient, settings] = await Promise.all([getPatient(ctx, patientId), getBillSettings(ctx)]);
  const end = today(ctx.timeZone);
  const first = from ?? yearBegin(end, settings.yearStart);
  const { openingMinor, lines, closingMinor } = await readAccount(ctx, patient.id, first);
  const { currency } = settings;
  const figure = (minor: number) => formatFigure(minor, currency);
  const supplier = { ...supplierOf(settings), taxNumber: settings.taxNumber };
  const title = 'Statement of account';
  const content = await inPdfTurn(ctx.organizationId, () =>
    printSlip('a4', { title: `${title}, ${patient.number}`, author: supplier.name }, (slip) => {
      drawHead(slip, supplier, settings.country === 'IN' ? 'GSTIN' : 'Tax number');
      slip.text(title, { size: 13, weight: '600' });
      slip.gap(4);
      slip.pair('Patient', `${patient.name}, ${patient.number}`);
      slip.pair('From', `${formatDay(first)} to ${formatDay(end)}`);
      slip.pair('Currency', currency.code);
      slip.rule();
      slip.pair('Owed before', figure(openingMinor), { isMuted: true });
      if (lines.length === 0) slip.text('Nothing in these days.', { isMuted: true });
      else
        slip.table(
          [
            { label: 'What', cell: ({ what }) => what },
            { label: 'Day', cell: ({ day }) => formatDay(day), width: 84 },
            {
              label: 'Charged',
              cell: ({ amountMinor }) => (amountMinor > 0 ? figure(amountMinor) : ''),
              width: 84,
            },
            {
              label: 'Paid',
              cell: ({ amountMinor }) => (amountMinor < 0 ? figure(0 - amountMinor) : ''),
              width: 84,
            },
            { label: 'Owed', cell: ({ balanceMinor }) => figure(balanceMinor), width: 90 },
          ],
          lines,
        );
      slip.rule();
      const isHeld = closingMinor < 0;
      const shown = Math.abs(closingMinor);
      slip.pair(isHeld ? 'Held for the patient' : 'Owed by the patient', formatAmount(shown, currency), {
        ...{ weight: '600', size: 12 },
      });
      slip.text(amountInWords(shown, currency.code), { isMuted: true });
      if (settings.footer) {
        slip.gap(18);
        slip.text(settings.footer, { isMuted: true });
      }
    }),
  );
  return { name: `statement-${patient.number}.pdf`, contentType: 'application/pdf', content };
}
