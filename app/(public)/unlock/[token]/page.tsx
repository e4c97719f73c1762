import type { Metadata } from 'next';
import { DeadLink } from '@/components/account/dead-link';
import { EntryCard } from '@/components/account/entry-card';
import { UnlockForm } from '@/components/account/entry-forms';
import { load } from '@/lib/actions/staff';
import { canUnlock } from '@/lib/features/account/queries';
import { paths } from '@/lib/paths';

export const metadata: Metadata = {
  title: 'Unlock your account',
  robots: { index: false },
  referrer: 'no-referrer',
};

export default async function UnlockPage({ params }: PageProps<'/unlock/[token]'>) {
  const { token } = await params;
  if (await load(canUnlock(token))) {
    return (
      <EntryCard
        title="Unlock your account"
        description="It was locked because of too many wrong passwords in a row."
      >
        <UnlockForm token={token} />
      </EntryCard>
    );
  }
  return (
    <DeadLink
      description="It may be older than an hour or used already. The lock itself ends after 15 minutes."
      href={paths.login}
      label="Go to sign in"
    />
  );
}
