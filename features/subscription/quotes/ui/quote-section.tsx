'use client';
import { FileText } from 'lucide-react';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { May } from '@/components/layout/may';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { formatBytes, formatMoney } from '@/lib/money';
import { dayInUtc } from '@/lib/words';
import { withdrawQuoteAction } from '../actions';
import type { Quote } from '../dto';
import type { QuoteState } from '../policy';
import { QuoteDialog } from './quote-dialog';

const STATE: Record<QuoteState, { label: string; tone: BadgeTone }> = {
  sent: { label: 'Sent', tone: 'info' },
  paid: { label: 'Paid', tone: 'success' },
  withdrawn: { label: 'Withdrawn', tone: 'neutral' },
  expired: { label: 'Expired', tone: 'warning' },
};

const limitsOf = ({ maxUsers, maxStorageBytes }: Quote): string =>
  [
    maxUsers === null ? 'unlimited staff accounts' : `${maxUsers} staff accounts`,
    maxStorageBytes === null ? 'unlimited storage' : formatBytes(maxStorageBytes),
  ].join(', ');

/** What was offered to the organization, what came of it, and a way to offer something else. */
export function QuoteSection({
  organizationId,
  quotes,
  canSend,
}: {
  organizationId: string;
  quotes: readonly Quote[];
  canSend: boolean;
}) {
  return (
    <Section
      title="Enterprise quotes"
      description="Agreed limits and price; the owner gets a link to pay."
      actions={
        canSend ? (
          <May to="quotes:write">
            <QuoteDialog organizationId={organizationId} />
          </May>
        ) : null
      }
      flush
    >
      {quotes.length === 0 ? (
        <EmptyState icon={<FileText />} title="No quote yet" className="py-8">
          {canSend
            ? 'Agree price and limits with the customer, then send them here.'
            : 'Quotes are for organizations without a live subscription.'}
        </EmptyState>
      ) : (
        <ul aria-label="Quotes" className="divide-y divide-border">
          {quotes.map((quote) => (
            <li key={quote.id} className="flex flex-wrap items-start justify-between gap-3 px-4 py-3 sm:px-5">
              <div className="min-w-0">
                <p className="font-medium text-text tabular-nums">
                  {formatMoney(quote.priceCents, quote.currency)} a {quote.interval}
                </p>
                <p className="text-[0.8125rem] text-text-muted">{limitsOf(quote)}</p>
                <p className="break-words text-[0.8125rem] text-text-subtle">
                  Sent {dayInUtc(quote.sentAt)} to {quote.sentTo} by {quote.sentBy};{' '}
                  {quote.paidAt
                    ? `paid ${dayInUtc(quote.paidAt)}`
                    : `${quote.openedAt ? `opened ${dayInUtc(quote.openedAt)}, ` : ''}valid until ${dayInUtc(quote.expiresAt)}`}
                </p>
              </div>
              <div className="flex items-center gap-2">
                <Badge tone={STATE[quote.state].tone} dot>
                  {STATE[quote.state].label}
                </Badge>
                {quote.state === 'sent' ? (
                  <May to="quotes:write">
                    <ConfirmAction
                      trigger={<Button size="sm">Withdraw</Button>}
                      title="Withdraw this quote?"
                      description="Its link stops working. The customer is not told."
                      confirm="Withdraw quote"
                      action={withdrawQuoteAction}
                      fields={{ organizationId, quoteId: quote.id }}
                    />
                  </May>
                ) : null}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
