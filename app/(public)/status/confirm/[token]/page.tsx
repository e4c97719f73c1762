import type { Metadata } from 'next';
import { readJoinLink } from '@/features/fleet/status/subscribers';
import { ConfirmSubscription } from '@/features/fleet/status/ui/subscribe-forms';
import { DeadLink } from '@/features/identity/account/ui/dead-link';
import { EntryCard } from '@/features/identity/account/ui/entry-card';
import { paths } from '@/lib/paths';

export const metadata: Metadata = {
  title: 'Confirm the mails',
  robots: { index: false },
  referrer: 'no-referrer',
};

export default async function ConfirmSubscriptionPage({ params }: PageProps<'/status/confirm/[token]'>) {
  const { token } = await params;
  const email = readJoinLink(token);
  if (email)
    return (
      <EntryCard
        title="Confirm the mails"
        description={`To ${email}, whenever the status page says something.`}
      >
        <ConfirmSubscription token={token} />
      </EntryCard>
    );
  return (
    <DeadLink
      description="It may have been cut off by the mail program, or it is older than two days."
      href={paths.statusSubscribe}
      label="Ask for a new link"
    />
  );
}
