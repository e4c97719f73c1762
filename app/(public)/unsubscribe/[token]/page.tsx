import type { Metadata } from 'next';
import { DeadLink } from '@/features/identity/account/ui/dead-link';
import { EntryCard } from '@/features/identity/account/ui/entry-card';
import { canUnsubscribe } from '@/features/insight/report-mails/service';
import { UnsubscribeForm } from '@/features/insight/report-mails/ui/unsubscribe-form';
import { paths } from '@/lib/paths';

export const metadata: Metadata = {
  title: 'Stop the report by mail',
  robots: { index: false },
  referrer: 'no-referrer',
};

export default async function UnsubscribePage({ params }: PageProps<'/unsubscribe/[token]'>) {
  const { token } = await params;
  if (canUnsubscribe(token)) {
    return (
      <EntryCard title="Stop the report by mail" description="Everything else stays as it is.">
        <UnsubscribeForm token={token} />
      </EntryCard>
    );
  }
  return (
    <DeadLink
      description="It may have been cut off by the mail program. You can stop the mail under Reports."
      href={paths.reports}
      label="Go to reports"
    />
  );
}
