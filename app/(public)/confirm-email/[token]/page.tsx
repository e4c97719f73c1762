import type { Metadata } from 'next';
import { findEmailChange } from '@/features/identity/account/queries';
import { DeadLink } from '@/features/identity/account/ui/dead-link';
import { EntryCard } from '@/features/identity/account/ui/entry-card';
import { ConfirmEmailForm } from '@/features/identity/account/ui/entry-forms';
import { load } from '@/lib/actions/staff';
import { browserOf } from '@/lib/auth/browser';
import { paths } from '@/lib/paths';

export const metadata: Metadata = {
  title: 'Confirm your new address',
  robots: { index: false },
  referrer: 'no-referrer',
};

export default async function ConfirmEmailPage({ params }: PageProps<'/confirm-email/[token]'>) {
  const { token } = await params;
  const { userId } = await load(browserOf());
  const change = await load(findEmailChange(token, userId));
  if (change) {
    return (
      <EntryCard title="Confirm your new address" description="From then on you sign in with it.">
        <ConfirmEmailForm token={token} needsPassword={change.needsPassword} />
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
