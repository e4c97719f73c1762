import type { Metadata } from 'next';
import { canVerifyEmail } from '@/features/identity/account/queries';
import { EntryCard } from '@/features/identity/account/ui/entry-card';
import { RequestVerificationForm, VerifyEmailForm } from '@/features/identity/account/ui/entry-forms';
import { load } from '@/lib/actions/staff';

export const metadata: Metadata = {
  title: 'Confirm your address',
  robots: { index: false },
  referrer: 'no-referrer',
};

export default async function VerifyEmailPage({ params }: PageProps<'/verify-email/[token]'>) {
  const { token } = await params;
  if (await load(canVerifyEmail(token))) {
    return (
      <EntryCard
        title="Confirm your e-mail address"
        description="So that you can get back in when you forget your password."
      >
        <VerifyEmailForm token={token} />
      </EntryCard>
    );
  }
  return (
    <EntryCard
      title="This link cannot be used"
      description="Your address may be confirmed already. If not, we can send you a new link."
    >
      <RequestVerificationForm />
    </EntryCard>
  );
}
