import type { Metadata } from 'next';
import { canUndoEmail } from '@/features/identity/account/queries';
import { DeadLink } from '@/features/identity/account/ui/dead-link';
import { EntryCard } from '@/features/identity/account/ui/entry-card';
import { UndoEmailForm } from '@/features/identity/account/ui/entry-forms';
import { load } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';

export const metadata: Metadata = {
  title: 'Take the change back',
  robots: { index: false },
  referrer: 'no-referrer',
};

export default async function UndoEmailPage({ params }: PageProps<'/undo-email/[token]'>) {
  const { token } = await params;
  if (await load(canUndoEmail(token))) {
    return (
      <EntryCard
        title="Was this not you?"
        description="Your old address counts again, every session ends, and we send you a link to choose a new password."
      >
        <UndoEmailForm token={token} />
      </EntryCard>
    );
  }
  return (
    <DeadLink
      description="It may have been used already, or be older than 7 days. Our support helps you to get your account back."
      href={paths.login}
      label="Go to sign in"
    />
  );
}
