import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import Link from '@/components/ui/link';
import { PLANS } from '@/features/subscription/billing/plans';
import { inPercent, PLACE_LABEL } from '@/features/subscription/quotes/policy';
import { findQuoteByToken } from '@/features/subscription/quotes/queries';
import { quoteTokenInput } from '@/features/subscription/quotes/schema';
import { PayQuote } from '@/features/subscription/quotes/ui/pay-quote';
import { failPage } from '@/lib/actions/failure';
import { formatBytes, formatMoney } from '@/lib/money';
import { paths } from '@/lib/paths';
import { dayOf, formatDay } from '@/lib/time';

export const metadata: Metadata = {
  title: 'Your offer',
  robots: { index: false },
  // The address is the key to the offer.
  referrer: 'no-referrer',
};

const CLOSED = {
  paid: 'This offer is paid. Sign in to your workspace.',
  withdrawn: 'This offer was withdrawn. Ask our sales team for a new one.',
  expired: 'This offer has expired. Ask our sales team for a new one.',
} as const;

export default async function QuotePage({ params }: PageProps<'/quotes/[token]'>) {
  const input = quoteTokenInput.safeParse(await params);
  if (!input.success) notFound();
  const found = await findQuoteByToken(input.data.token).catch(failPage);
  if (!found) notFound();
  const { quote, organizationName, timeZone } = found;
  return (
    <div className="mx-auto w-full max-w-lg px-5 py-12">
      <h1 className="mb-6 text-center font-semibold text-2xl tracking-tight">
        Your offer for {organizationName}
      </h1>
      <Card className="grid gap-6 p-6 sm:p-8">
        <p className="text-text">
          <span className="font-semibold text-3xl tabular-nums">
            {formatMoney(quote.priceCents, quote.currency)}
          </span>{' '}
          <span className="text-text-muted">a {quote.interval}</span>
        </p>
        <DescriptionList
          items={[
            { label: 'Plan', value: PLANS.enterprise.name },
            { label: 'Staff accounts', value: quote.maxUsers ?? 'No limit' },
            {
              label: 'Storage',
              value: quote.maxStorageBytes === null ? 'No limit' : formatBytes(quote.maxStorageBytes),
            },
            { label: 'Support', value: PLANS.enterprise.support },
            {
              label: 'Database',
              value: quote.place ? PLACE_LABEL[quote.place] : PLANS.enterprise.database,
            },
            ...(quote.availability === null
              ? []
              : [{ label: 'Availability in a month', value: `At least ${inPercent(quote.availability)}` }]),
            { label: 'Valid until', value: formatDay(dayOf(new Date(quote.expiresAt), timeZone)) },
          ]}
        />
        {quote.note ? <p className="whitespace-pre-line break-words text-text-muted">{quote.note}</p> : null}
        {quote.state === 'sent' ? (
          <PayQuote token={input.data.token} />
        ) : (
          <Alert tone={quote.state === 'paid' ? 'success' : 'warning'} title={CLOSED[quote.state]}>
            {quote.state === 'paid' ? (
              <Button asChild size="sm" className="mt-2">
                <Link href={paths.login}>Go to sign in</Link>
              </Button>
            ) : null}
          </Alert>
        )}
      </Card>
    </div>
  );
}
