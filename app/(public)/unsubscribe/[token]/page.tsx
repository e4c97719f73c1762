import type { Metadata } from 'next';
import { DeadLink } from '@/components/account/dead-link';
import { EntryCard } from '@/components/account/entry-card';
import { UnsubscribeForm } from '@/components/reports/unsubscribe-form';
import { canUnsubscribe } from '@/lib/features/report-mails/service';
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
