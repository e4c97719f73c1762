import type { Metadata } from 'next';
import { findOffer } from '@/features/identity/account/ownership';
import { DeadLink } from '@/features/identity/account/ui/dead-link';
import { EntryCard } from '@/features/identity/account/ui/entry-card';
import { TakeOrganizationOnForm } from '@/features/identity/account/ui/entry-forms';
import { load } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';

export const metadata: Metadata = {
  title: 'Take your organization on',
  robots: { index: false },
  referrer: 'no-referrer',
};

export default async function OwnOrganizationPage({ params }: PageProps<'/signup/own/[token]'>) {
  const { token } = await params;
  const offer = await load(findOffer(token));
  if (offer) {
    return (
      <EntryCard
        title={`Take on ${offer.organizationName}`}
        description="It was signed up with your address. With this it is yours, beside what you have."
      >
        <TakeOrganizationOnForm token={token} organizationName={offer.organizationName} />
      </EntryCard>
    );
  }
  return (
    <DeadLink
      description="It may have been used already, or be older than 14 days. If the organization is yours, write to us."
      href={paths.login}
      label="Go to sign in"
    />
  );
}
