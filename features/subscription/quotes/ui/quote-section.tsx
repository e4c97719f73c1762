'use client';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { May } from '@/components/layout/may';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { formatBytes, formatMoney } from '@/lib/money';
import { dayInUtc } from '@/lib/words';
import { agreeSharedAction, withdrawQuoteAction } from '../actions';
import type { Quote } from '../dto';
import { inPercent, PLACE_LABEL, type QuoteState } from '../policy';
import type { OfferRequest } from '../queries';
import { QuoteDialog } from './quote-dialog';

const STATE: Record<QuoteState, { label: string; tone: BadgeTone }> = {
  sent: { label: 'Sent', tone: 'info' },
  paid: { label: 'Paid', tone: 'success' },
  withdrawn: { label: 'Withdrawn', tone: 'neutral' },
  expired: { label: 'Expired', tone: 'warning' },
};

const limitsOf = ({ maxUsers, maxStorageBytes, availability }: Quote): string =>
  [
    maxUsers === null ? 'unlimited staff accounts' : `${maxUsers} staff accounts`,
    maxStorageBytes === null ? 'unlimited storage' : formatBytes(maxStorageBytes),
    ...(availability === null ? [] : [`answers ${inPercent(availability)} of the time`]),
  ].join(', ');

/** What was offered to the organization, what came of it, and a way to offer something else. */
export function QuoteSection({
  organizationId,
  quotes,
  canSend,
  request,
  isWaiting,
}: {
  organizationId: string;
  quotes: readonly Quote[];
  canSend: boolean;
  request: OfferRequest | null;
  /** Its database is on a shared cluster, or waits for a place. */
  isWaiting: boolean;
}) {
  const isPromised = quotes.some(({ state, place }) => state === 'paid' && place === 'dedicated');
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
      {request ? (
        <p className="border-border border-b px-4 py-3 text-[0.8125rem] text-text sm:px-5">
          {request.byName} asked for an offer on {dayInUtc(request.at)}: {request.expectedUsers} people;{' '}
          {request.seats} accounts and {formatBytes(request.storageBytes)} are in use.
          {request.note ? (
            <span className="block whitespace-pre-line break-words text-text-muted">{request.note}</span>
          ) : null}
        </p>
      ) : null}
      {isPromised && isWaiting ? (
        <div className="flex flex-wrap items-center justify-between gap-3 border-border border-b px-4 py-3 sm:px-5">
          <p className="text-[0.8125rem] text-text">
            A cluster of its own was promised, and its database is not on one. A set-up waits until somebody
            says yes to a shared one.
          </p>
          <May to="quotes:write">
            <ConfirmAction
              trigger={<Button size="sm">Place on a shared cluster</Button>}
              title="Place it on a shared cluster?"
              description="The customer is told by mail, and both sides see it from then on."
              confirm="Place it there"
              action={agreeSharedAction}
              fields={{ organizationId }}
            />
          </May>
        </div>
      ) : null}
      {quotes.length === 0 ? (
        <EmptyState icon={<Icon of="file-text" />} title="No quote yet" className="py-8">
          {canSend
            ? 'Agree price and limits with the customer, then send them here.'
            : 'Quotes are for organizations that owe nothing and are not being set up or closed.'}
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
                {quote.place ? (
                  <p className="text-[0.8125rem] text-text-muted">
                    {PLACE_LABEL[quote.place]}
                    {quote.place === 'shared' && quote.sharedBy ? `, agreed by ${quote.sharedBy}` : ''}
                  </p>
                ) : null}
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
