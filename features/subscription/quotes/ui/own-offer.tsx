'use client';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { CurrentPassword } from '@/components/forms/current-password';
import { FormField, FormTextarea } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { dayIn } from '@/features/subscription/billing/ui/labels';
import { formatBytes, formatMoney } from '@/lib/money';
import { acceptQuoteAction, askForOfferAction } from '../actions';
import { PLACE_LABEL } from '../policy';
import type { OwnOffer } from '../queries';

/** Where the database of an Enterprise customer lives, as it was agreed. */
export const OwnPlace = ({ place }: { place: keyof typeof PLACE_LABEL }) => (
  <Section title="Your database" description="As your offer says it">
    <p className="text-text">{PLACE_LABEL[place]}.</p>
  </Section>
);

/** What taking an offer charges now. */
const chargeWords = ({ isTrial, isPaused }: { isTrial: boolean; isPaused: boolean }): string => {
  if (isTrial) return 'Nothing is charged before your trial ends.';
  return isPaused
    ? 'Your pause ends with it: where nothing is paid for this month, a whole period is charged to your card now; otherwise the difference is.'
    : 'The difference for the rest of the period is charged to your card now.';
};

/** The way up to Enterprise: ask with what is used filled in, and take the offer that came. */
export function OwnOfferSection({
  own,
  timeZone,
  isEnterprise,
  isTrial,
  isPaused,
}: {
  own: OwnOffer;
  timeZone: string;
  isEnterprise: boolean;
  isTrial: boolean;
  isPaused: boolean;
}) {
  const { offer, askedAt, storageBytes } = own;
  // The reader has an account, also before the first count.
  const seats = Math.max(1, own.seats);
  return (
    <Section
      title="Enterprise"
      description={
        isEnterprise
          ? 'A new offer for your plan. Until you take it everything stays as it is.'
          : 'For groups of hospitals, more people, or a cluster of your own. The price is agreed.'
      }
      actions={
        isEnterprise ? null : (
          <ConfirmAction
            trigger={<Button size="sm">{askedAt ? 'Ask again' : 'Ask for an offer'}</Button>}
            title="Ask for an Enterprise offer"
            description={`We see what you use now: ${seats} ${seats === 1 ? 'account' : 'accounts'} and ${formatBytes(storageBytes)}. Nothing changes and nothing is charged until you take an offer.`}
            confirm="Send request"
            tone="primary"
            action={askForOfferAction}
            fields={{}}
          >
            <FormField
              name="expectedUsers"
              label="People who will work with it"
              inputMode="numeric"
              defaultValue={String(seats)}
              required
            />
            <FormTextarea name="note" label="What you need" rows={3} maxLength={1_000} />
          </ConfirmAction>
        )
      }
    >
      {offer ? (
        <div className="flex flex-wrap items-start justify-between gap-3">
          <p className="min-w-0 text-text">
            <strong className="tabular-nums">
              {formatMoney(offer.priceCents, offer.currency)} a {offer.interval}
            </strong>
            , {offer.maxUsers === null ? 'any number of' : offer.maxUsers} staff accounts,{' '}
            {offer.maxStorageBytes === null ? 'storage without a limit' : formatBytes(offer.maxStorageBytes)}.
            {offer.place ? ` ${PLACE_LABEL[offer.place]}.` : ''} The offer stands until{' '}
            {dayIn(offer.expiresAt, timeZone)}.
          </p>
          <ConfirmAction
            trigger={<Button variant="primary">Take the offer</Button>}
            title="Take the Enterprise offer"
            description={`Your plan changes at once to ${formatMoney(offer.priceCents, offer.currency)} a ${offer.interval}, before tax. ${chargeWords({ isTrial, isPaused })}`}
            confirm="Take it"
            tone="primary"
            action={acceptQuoteAction}
            fields={{ quoteId: offer.id }}
          >
            <CurrentPassword />
          </ConfirmAction>
        </div>
      ) : (
        <p className="text-[0.8125rem] text-text-muted">
          {askedAt
            ? `You asked on ${dayIn(askedAt, timeZone)}. Our sales team answers within one working day.`
            : 'No offer waits for you.'}
        </p>
      )}
    </Section>
  );
}
