import type { Metadata } from 'next';
import { Button } from '@/components/ui/button';
import { DescriptionList } from '@/components/ui/description-list';
import Link from '@/components/ui/link';
import { PayLinkButton } from '@/features/fleet/signup/ui/pay-link-button';
import { DeadLink } from '@/features/identity/account/ui/dead-link';
import { EntryCard } from '@/features/identity/account/ui/entry-card';
import { PLANS } from '@/features/subscription/billing/plans';
import { findPayable } from '@/features/subscription/billing/queries';
import { load } from '@/lib/actions/staff';
import { formatMoney } from '@/lib/money';
import { paths } from '@/lib/paths';
import { dayOf, formatDay } from '@/lib/time';

export const metadata: Metadata = {
  title: 'Pay',
  robots: { index: false },
  referrer: 'no-referrer',
};

/**
 * For an owner who cannot sign in because a payment is missing: shows what is owed, and nothing of the
 * clinic.
 */
export default async function PayPage({ params }: PageProps<'/pay/[token]'>) {
  const { token } = await params;
  const payable = await load(findPayable(decodeURIComponent(token)));
  if (!payable) {
    return (
      <DeadLink
        description="It is wrong or too old. Sign in to get a new one."
        href={paths.login}
        label="Go to sign in"
      />
    );
  }
  if (payable.kind === 'nothing') {
    return (
      <EntryCard title={payable.organizationName} description="Nothing is owed. Your workspace is open.">
        <SignIn />
      </EntryCard>
    );
  }
  const isEnded = payable.kind === 'ended';
  return (
    <EntryCard
      title={isEnded ? `Start ${payable.organizationName} again` : `Pay for ${payable.organizationName}`}
      description={
        isEnded
          ? 'Its records are kept. With a new subscription everything opens again at once.'
          : 'Its records are kept. With the payment everything opens again at once.'
      }
    >
      <div className="grid gap-5">
        <DescriptionList
          items={[
            { label: 'Plan', value: PLANS[payable.plan].name },
            {
              label: isEnded ? 'Price' : 'Owed',
              value:
                payable.amountCents === null
                  ? 'As agreed'
                  : `${formatMoney(payable.amountCents, payable.currency)}${isEnded ? ` a ${payable.interval}` : ''}`,
            },
            ...(payable.endsAt
              ? [
                  {
                    label: 'Subscription ends',
                    value: formatDay(dayOf(new Date(payable.endsAt), payable.timeZone)),
                  },
                ]
              : []),
          ]}
        />
        <PayLinkButton token={decodeURIComponent(token)} label={isEnded ? 'Start again' : 'Pay now'} />
        <p className="text-center text-[13px] text-text-muted">
          Paid already?{' '}
          <Link href={paths.login} className="font-medium text-accent-strong hover:underline">
            Sign in
          </Link>
        </p>
      </div>
    </EntryCard>
  );
}

const SignIn = () => (
  <Button asChild variant="primary" size="lg" className="w-full">
    <Link href={paths.login}>Go to sign in</Link>
  </Button>
);
