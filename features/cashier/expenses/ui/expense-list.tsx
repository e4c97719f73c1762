import { ActionButton } from '@/components/forms/action-button';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { type Currency, formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';
import { approveExpenseAction } from '../actions';
import type { Expense } from '../dto';
import { CATEGORIES, EXPENSE_LABEL, type ExpenseState, PAID_FROM } from '../policy';
import { PayExpense, RefuseExpense, ReturnExpense } from './expense-forms';

const TONE: Record<ExpenseState, BadgeTone> = {
  requested: 'warning',
  approved: 'info',
  refused: 'neutral',
  paid: 'success',
  returned: 'neutral',
};

type ExpenseListProps = {
  expenses: readonly Expense[];
  currency: Currency;
  /** The person who looks: nobody approves what they have asked for. */
  personId: string;
  canPay: boolean;
  canApprove: boolean;
  empty: string;
};

/** Expenses with what can be done with each. */
export function ExpenseList({ expenses, currency, personId, canPay, canApprove, empty }: ExpenseListProps) {
  if (expenses.length === 0) return <p className="px-4 py-6 text-text-muted sm:px-5">{empty}</p>;
  return (
    <ul aria-label="Expenses" className="divide-y divide-border">
      {expenses.map((expense) => {
        const { id, number, category, payee, note, status, isReturn } = expense;
        const mayDecide = status === 'requested' && canApprove && expense.byUserId !== personId;
        return (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5 sm:px-5">
            <div className="min-w-48 flex-1">
              <p className="break-words font-medium text-text">
                {payee} <span className="font-normal text-text-muted">{CATEGORIES[category]}</span>
              </p>
              <p className="text-[0.8125rem] text-text-muted">
                {[number, formatDay(expense.paidDay ?? expense.day), PAID_FROM[expense.from], note]
                  .filter(Boolean)
                  .join(', ')}
              </p>
              <p className="text-[0.8125rem] text-text-muted">
                {[
                  `Asked for by ${expense.byName}`,
                  expense.decidedByName
                    ? `${status === 'refused' ? 'refused' : 'approved'} by ${expense.decidedByName}`
                    : null,
                  expense.paidByName ? `${isReturn ? 'taken' : 'paid'} by ${expense.paidByName}` : null,
                  expense.reference,
                  expense.reason,
                ]
                  .filter(Boolean)
                  .join(', ')}
              </p>
            </div>
            <Badge tone={TONE[status]}>{isReturn ? 'Came back' : EXPENSE_LABEL[status]}</Badge>
            <span className="w-28 text-right font-medium tabular-nums">
              {formatAmount(expense.amountMinor, currency)}
            </span>
            <div className="flex gap-2">
              {mayDecide ? (
                <>
                  <ActionButton
                    size="sm"
                    variant="primary"
                    action={approveExpenseAction}
                    fields={{ expenseId: id }}
                    aria-label={`Approve ${number} of ${payee}`}
                  >
                    Approve
                  </ActionButton>
                  <RefuseExpense expense={expense} />
                </>
              ) : null}
              {expense.paidDay && canPay ? (
                <a
                  href={paths.expensePrint(id)}
                  className={buttonClass({ size: 'sm' })}
                  aria-label={`Print the voucher of ${number}`}
                >
                  <Icon of="printer" /> Voucher
                </a>
              ) : null}
              {status === 'approved' && canPay ? <PayExpense expense={expense} /> : null}
              {status === 'paid' && canPay && !isReturn ? <ReturnExpense expense={expense} /> : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
