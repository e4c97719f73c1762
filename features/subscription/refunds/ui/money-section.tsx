'use client';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { CurrentPassword, PASSWORD_OR_CODE } from '@/components/forms/current-password';
import { FormField, FormTextarea } from '@/components/forms/form-field';
import { May } from '@/components/layout/may';
import { Alert } from '@/components/ui/alert';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { formatMoney } from '@/lib/money';
import { dayInUtc } from '@/lib/words';
import { refundPaymentAction } from '../actions';
import { type CustomerPayment, refundableCents } from '../policy';
import type { CustomerMoney } from '../queries';

const PAYMENT: Record<CustomerPayment['status'], { label: string; tone: BadgeTone }> = {
  succeeded: { label: 'Paid', tone: 'success' },
  pending: { label: 'Under way', tone: 'info' },
  failed: { label: 'Failed', tone: 'danger' },
};
const INVOICE: Record<CustomerMoney['invoices'][number]['status'], { label: string; tone: BadgeTone }> = {
  paid: { label: 'Paid', tone: 'success' },
  open: { label: 'Open', tone: 'warning' },
  void: { label: 'Void', tone: 'neutral' },
  uncollectible: { label: 'Given up', tone: 'danger' },
  draft: { label: 'Draft', tone: 'neutral' },
};

/** What a customer has paid and was billed, as Stripe says now, and the way to give a payment back. */
export function MoneySection({
  organizationId,
  money,
}: {
  organizationId: string;
  money: CustomerMoney | null;
}) {
  return (
    <Section title="Payments and invoices" description="As Stripe has them now; the last of each." flush>
      {money === null ? (
        <Alert tone="warning" title="Stripe cannot be reached right now" className="m-4">
          Load the page again in a minute. Nothing is wrong with the subscription.
        </Alert>
      ) : money.payments.length + money.invoices.length === 0 ? (
        <EmptyState icon={<Icon of="banknote" />} title="Nothing was paid yet" className="py-8">
          Payments appear here with the first one.
        </EmptyState>
      ) : (
        <div className="grid gap-x-6 md:grid-cols-2 md:divide-x md:divide-border">
          <Payments organizationId={organizationId} payments={money.payments} />
          <Invoices invoices={money.invoices} />
        </div>
      )}
    </Section>
  );
}

function Payments({
  organizationId,
  payments,
}: {
  organizationId: string;
  payments: readonly CustomerPayment[];
}) {
  return (
    <ul aria-label="Payments" className="divide-y divide-border">
      {payments.map((payment) => (
        <li key={payment.id} className="flex flex-wrap items-start justify-between gap-3 px-4 py-3 sm:px-5">
          <div className="min-w-0">
            <p className="font-medium text-text tabular-nums">
              {formatMoney(payment.amountCents, payment.currency)}
            </p>
            <p className="text-[0.8125rem] text-text-muted">{dayInUtc(payment.at)}</p>
            {payment.refundedCents > 0 ? (
              <p className="text-[0.8125rem] text-text-muted tabular-nums">
                {formatMoney(payment.refundedCents, payment.currency)} given back
              </p>
            ) : null}
            {payment.failure ? (
              <p className="break-words text-[0.8125rem] text-danger-soft-text">{payment.failure}</p>
            ) : null}
          </div>
          <div className="flex items-center gap-2">
            {payment.isDisputed ? <Badge tone="danger">Disputed</Badge> : null}
            <Badge tone={PAYMENT[payment.status].tone} dot>
              {PAYMENT[payment.status].label}
            </Badge>
            {refundableCents(payment) > 0 ? (
              <May to="refunds:write">
                <Refund organizationId={organizationId} payment={payment} />
              </May>
            ) : null}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Refund({ organizationId, payment }: { organizationId: string; payment: CustomerPayment }) {
  const left = formatMoney(refundableCents(payment), payment.currency);
  return (
    <ConfirmAction
      trigger={
        <Button size="sm">
          Refund
          <span className="sr-only">
            {' '}
            {formatMoney(payment.amountCents, payment.currency)} of {dayInUtc(payment.at)}
          </span>
        </Button>
      }
      title="Give a payment back"
      description={`At most ${left}. It goes to the card or account it came from and cannot be taken back; the plan goes on.`}
      confirm="Give it back"
      action={refundPaymentAction}
      fields={{ organizationId, chargeId: payment.id }}
    >
      <FormField
        name="amount"
        label={`Amount (${payment.currency.toUpperCase()})`}
        inputMode="decimal"
        required
      />
      <FormTextarea
        name="reason"
        label="Reason"
        help="It stands in the log and at Stripe. The customer is not shown it."
        maxLength={300}
        required
      />
      <CurrentPassword help={PASSWORD_OR_CODE} />
    </ConfirmAction>
  );
}

function Invoices({ invoices }: { invoices: CustomerMoney['invoices'] }) {
  return (
    <ul aria-label="Invoices" className="divide-y divide-border max-md:border-border max-md:border-t">
      {invoices.map((invoice) => (
        <li key={invoice.id} className="flex flex-wrap items-start justify-between gap-3 px-4 py-3 sm:px-5">
          <div className="min-w-0">
            <p className="font-medium text-text">
              {invoice.pageUrl ? (
                <a
                  href={invoice.pageUrl}
                  target="_blank"
                  rel="noreferrer"
                  className="text-accent underline-offset-4 hover:underline"
                >
                  {invoice.number}
                </a>
              ) : (
                invoice.number
              )}
            </p>
            <p className="text-[0.8125rem] text-text-muted tabular-nums">
              {formatMoney(invoice.cents, invoice.currency)}, {dayInUtc(invoice.createdAt)}
            </p>
            {invoice.creditedCents > 0 ? (
              <p className="text-[0.8125rem] text-text-muted tabular-nums">
                {formatMoney(invoice.creditedCents, invoice.currency)} credited
              </p>
            ) : null}
          </div>
          <Badge tone={INVOICE[invoice.status].tone} dot>
            {INVOICE[invoice.status].label}
          </Badge>
        </li>
      ))}
    </ul>
  );
}
