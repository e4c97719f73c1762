import type { Metadata } from 'next';
import { readLeaveLink } from '@/features/fleet/status/subscribers';
import { EndSubscription } from '@/features/fleet/status/ui/subscribe-forms';
import { DeadLink } from '@/features/identity/account/ui/dead-link';
import { EntryCard } from '@/features/identity/account/ui/entry-card';
import { paths } from '@/lib/paths';

export const metadata: Metadata = {
  title: 'Stop the mails of the status page',
  robots: { index: false },
  referrer: 'no-referrer',
};

export default async function EndSubscriptionPage({ params }: PageProps<'/status/leave/[token]'>) {
  const { token } = await params;
  const email = readLeaveLink(token);
  if (email)
    return (
      <EntryCard
        title="Stop the mails of the status page"
        description={`To ${email}. All other mails come as before.`}
      >
        <EndSubscription token={token} />
      </EntryCard>
    );
  return (
    <DeadLink
      description="It may have been cut off by the mail program."
      href={paths.statusSubscribe}
      label="Go to the status mails"
    />
  );
}
