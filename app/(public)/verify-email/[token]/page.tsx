import type { Metadata } from 'next';
import { findVerification } from '@/features/identity/account/queries';
import { EntryCard } from '@/features/identity/account/ui/entry-card';
import { RequestVerificationForm, VerifyEmailForm } from '@/features/identity/account/ui/entry-forms';
import { load } from '@/lib/actions/staff';
import { browserOf } from '@/lib/auth/browser';

export const metadata: Metadata = {
  title: 'Confirm your address',
  robots: { index: false },
  referrer: 'no-referrer',
};

export default async function VerifyEmailPage({ params }: PageProps<'/verify-email/[token]'>) {
  const { token } = await params;
  const verification = await load(findVerification(token, await load(browserOf())));
  if (verification) {
    return (
      <EntryCard
        title="Confirm your e-mail address"
        description="So that you can get back in when you forget your password."
      >
        <VerifyEmailForm token={token} needsPassword={verification.needsPassword} />
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
