import type { Metadata } from 'next';
import { DeadLink } from '@/features/identity/account/ui/dead-link';
import { EntryCard } from '@/features/identity/account/ui/entry-card';
import { JoinForm } from '@/features/identity/account/ui/entry-forms';
import { findInvitationOffer } from '@/features/identity/staff/queries';
import { load } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';

export const metadata: Metadata = { title: 'Invitation', robots: { index: false }, referrer: 'no-referrer' };

export default async function InvitationPage({ params }: PageProps<'/invitations/[token]'>) {
  const { token } = await params;
  const offer = await load(findInvitationOffer(token));
  if (!offer) {
    return (
      <DeadLink
        title="This invitation cannot be used"
        description="It may have been used already, taken back, or be older than 7 days. Ask the person who invited you to send it again."
        href={paths.login}
        label="Go to sign in"
      />
    );
  }
  const { organizationName, role, name, email, hasAccount } = offer;
  return (
    <EntryCard
      title={`Join ${organizationName}`}
      description={
        <>
          You are invited as <strong className="font-semibold text-text">{role.toLowerCase()}</strong> with{' '}
          {email}.
        </>
      }
    >
      <JoinForm token={token} name={name} email={email} hasAccount={hasAccount} />
    </EntryCard>
  );
}
