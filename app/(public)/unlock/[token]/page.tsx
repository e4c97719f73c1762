import type { Metadata } from 'next';
import Link from 'next/link';
import { EntryCard } from '@/components/account/entry-card';
import { UnlockForm } from '@/components/account/entry-forms';
import { Button } from '@/components/ui/button';
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
    <EntryCard
      title="This link cannot be used"
      description="It may be older than an hour or used already. The lock itself ends after 15 minutes."
    >
      <Button asChild variant="primary" size="lg" className="w-full">
        <Link href={paths.login}>Go to sign in</Link>
      </Button>
    </EntryCard>
  );
}
