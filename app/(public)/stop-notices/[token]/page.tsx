import type { Metadata } from 'next';
import { DeadLink } from '@/features/identity/account/ui/dead-link';
import { EntryCard } from '@/features/identity/account/ui/entry-card';
import { canStopNotices } from '@/features/platform/notifications/service';
import { StopNoticesForm } from '@/features/platform/notifications/ui/stop-notices-form';
import { PLATFORM } from '@/lib/paths';

export const metadata: Metadata = {
  title: 'Stop the notifications by mail',
  robots: { index: false },
  referrer: 'no-referrer',
};

export default async function StopNoticesPage({ params }: PageProps<'/stop-notices/[token]'>) {
  const { token } = await params;
  if (canStopNotices(token)) {
    return (
      <EntryCard
        title="Stop the notifications by mail"
        description="They stay behind the bell. All other mails come as before."
      >
        <StopNoticesForm token={token} />
      </EntryCard>
    );
  }
  return (
    <DeadLink
      description="It may have been cut off by the mail program, or it is older than 90 days. You can choose what you are mailed under Notifications."
      href={PLATFORM.notifications}
      label="Go to notifications"
    />
  );
}
