import type { Metadata } from 'next';
import { findResetFactors } from '@/features/identity/account/queries';
import { DeadLink } from '@/features/identity/account/ui/dead-link';
import { EntryCard } from '@/features/identity/account/ui/entry-card';
import { FactorsAfterReset, ResetPasswordForm } from '@/features/identity/account/ui/entry-forms';
import { load } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';

export const metadata: Metadata = {
  title: 'New password',
  robots: { index: false },
  referrer: 'no-referrer',
};

export default async function ResetPasswordPage({ params }: PageProps<'/reset-password/[token]'>) {
  const { token } = await params;
  const factors = await load(findResetFactors(token));
  if (factors) {
    return (
      <EntryCard title="Choose a new password">
        <FactorsAfterReset factors={factors} />
        <ResetPasswordForm token={token} />
      </EntryCard>
    );
  }
  return (
    <DeadLink
      description="It may be older than an hour, used already, or replaced by a newer one."
      href={paths.forgotPassword}
      label="Ask for a new link"
    />
  );
}
