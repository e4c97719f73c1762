import type { Metadata } from 'next';
import { canConfirmEmail } from '@/features/identity/account/queries';
import { DeadLink } from '@/features/identity/account/ui/dead-link';
import { EntryCard } from '@/features/identity/account/ui/entry-card';
import { ConfirmEmailForm } from '@/features/identity/account/ui/entry-forms';
import { load } from '@/lib/actions/staff';
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
