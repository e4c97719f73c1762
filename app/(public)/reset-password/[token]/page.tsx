import type { Metadata } from 'next';
import Link from 'next/link';
import { EntryCard } from '@/components/account/entry-card';
import { ResetPasswordForm } from '@/components/account/entry-forms';
import { Button } from '@/components/ui/button';
import { load } from '@/lib/actions/staff';
import { canResetPassword } from '@/lib/features/account/queries';
import { paths } from '@/lib/paths';

export const metadata: Metadata = {
  title: 'New password',
  robots: { index: false },
  referrer: 'no-referrer',
};

export default async function ResetPasswordPage({ params }: PageProps<'/reset-password/[token]'>) {
  const { token } = await params;
  if (await load(canResetPassword(token))) {
    return (
      <EntryCard title="Choose a new password">
        <ResetPasswordForm token={token} />
      </EntryCard>
    );
  }
  return (
    <EntryCard
      title="This link cannot be used"
      description="It may be older than an hour, used already, or replaced by a newer one."
    >
      <Button asChild variant="primary" size="lg" className="w-full">
        <Link href={paths.forgotPassword}>Ask for a new link</Link>
      </Button>
    </EntryCard>
  );
}
