import 'server-only';
import { amountInWords } from '@/lib/amount-in-words';
import { formatAmount } from '@/lib/currency';
import { AppError } from '@/lib/errors';
import { type Paper, printSlip } from '@/lib/pdf/slip';
import { inPdfTurn } from '@/lib/pdf/turn';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay } from '@/lib/time';
import type { BillSettings } from '../bill-settings/dto';
import { getBillSettings } from '../bill-settings/queries';
import { drawHead } from '../bills/paper';
import { supplierOf } from '../bills/service';
import type { Expense } from './dto';
import { CATEGORIES, PAID_FROM } from './policy';
import { getExpense } from './queries';

type Options = { paper: Paper; settings: BillSettings };

/** The voucher of money that was paid out, for who receives it to sign. */
function expensePaper(expense: Expense, { paper, settings }: Options): Promise<Buffer> {
  const currency = { ...settings.currency, code: expense.currency };
  const title = expense.isReturn ? 'Voucher of money returned' : 'Payment voucher';
  const supplier = { ...supplierOf(settings), taxNumber: settings.taxNumber };
  const amountMinor = Math.abs(expense.amountMinor);
  return printSlip(paper, { title: `${title} ${expense.number}`, author: supplier.name }, (slip) => {
    drawHead(slip, supplier, settings.country === 'IN' ? 'GSTIN' : 'Tax number');
    const align = paper === 'roll' ? 'center' : 'left';
    slip.text(title, { size: paper === 'roll' ? 10 : 13, weight: '600', align });
    slip.gap(4);
    slip.pair('Number', expense.number);
    slip.pair('Date', formatDay(expense.paidDay ?? expense.day));
    slip.pair(expense.isReturn ? 'Received from' : 'Paid to', expense.payee);
    slip.pair('For', [CATEGORIES[expense.category], expense.note].filter(Boolean).join(': '));
    slip.pair('Paid from', [PAID_FROM[expense.from], expense.reference].filter(Boolean).join(', '));
    slip.rule();
    slip.pair(expense.isReturn ? 'Returned' : 'Paid', formatAmount(amountMinor, currency), {
      weight: '600',
      size: paper === 'roll' ? 10 : 12,
    });
    slip.text(amountInWords(amountMinor, expense.currency), { isMuted: true });
    slip.rule();
    slip.pair('Asked for by', expense.byName);
    if (expense.decidedByName) slip.pair('Approved by', expense.decidedByName);
    if (expense.paidByName) slip.pair(expense.isReturn ? 'Taken by' : 'Paid by', expense.paidByName);
    if (expense.isReturn && expense.reason) slip.pair('Reason', expense.reason);
    slip.gap(paper === 'roll' ? 16 : 30);
    slip.pair('Signature of who received it', '');
  });
}

/** Prints the voucher of what was paid. @throws AppError NOT_FOUND, CONFLICT, TOO_MANY_REQUESTS. */
export async function printExpense(ctx: TenantContext, expenseId: string, paper: Paper) {
  const [expense, settings] = await Promise.all([getExpense(ctx, expenseId), getBillSettings(ctx)]);
  if (!expense.paidDay) throw new AppError('CONFLICT', `${expense.number} is not paid yet.`);
  const content = await inPdfTurn(ctx.organizationId, () => expensePaper(expense, { paper, settings }));
  return { name: `${expense.number.replaceAll('/', '-')}.pdf`, contentType: 'application/pdf', content };
}
