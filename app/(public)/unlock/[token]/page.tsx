import type { Metadata } from 'next';
import { canUnlock } from '@/features/identity/account/queries';
import { DeadLink } from '@/features/identity/account/ui/dead-link';
import { EntryCard } from '@/features/identity/account/ui/entry-card';
import { UnlockForm } from '@/features/identity/account/ui/entry-forms';
import { load } from '@/lib/actions/staff';
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
