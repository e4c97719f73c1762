import type { Metadata } from 'next';
import { DeadLink } from '@/components/account/dead-link';
import { EntryCard } from '@/components/account/entry-card';
import { ConfirmEmailForm } from '@/components/account/entry-forms';
import { load } from '@/lib/actions/staff';
import { canConfirmEmail } from '@/lib/features/account/queries';
import { paths } from '@/lib/paths';

export const metadata: Metadata = {
  title: 'Confirm your new address',
  robots: { index: false },
  referrer: 'no-referrer',
};

export default async function ConfirmEmailPage({ params }: PageProps<'/confirm-email/[token]'>) {
  const { token } = await params;
  if (await load(canConfirmEmail(token))) {
    return (
      <EntryCard title="Confirm your new address" description="From then on you sign in with it.">
        <ConfirmEmailForm token={token} />
      </EntryCard>
    );
  }
  return (
    <DeadLink
      description="It may have been used already, or be older than a day. Ask for a new one under Your account."
      href={paths.account}
      label="Go to your account"
    />
  );
}
