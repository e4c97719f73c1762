import type { Metadata } from 'next';
import { DeadLink } from '@/features/identity/account/ui/dead-link';
import { EntryCard } from '@/features/identity/account/ui/entry-card';
import { TEAM_ROLES } from '@/features/platform/team/policy';
import { findTeamOffer } from '@/features/platform/team/queries';
import { JoinTeamForm } from '@/features/platform/team/ui/join-team-form';
import { load } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';

export const metadata: Metadata = {
  title: 'Join the team',
  robots: { index: false },
  referrer: 'no-referrer',
};

export default async function TeamInvitationPage({ params }: PageProps<'/platform/invitations/[token]'>) {
  const { token } = await params;
  const offer = await load(findTeamOffer(token));
  if (!offer) {
    return (
      <DeadLink
        title="This invitation cannot be used"
        description="It may have been used already, taken back, or be older than 7 days. Ask an owner of the team to send it again."
        href={paths.platformLogin}
        label="Go to sign in"
      />
    );
  }
  return (
    <EntryCard
      title="Join the team of Chakravue"
      description={
        <>
          You are invited as{' '}
          <strong className="font-semibold text-text">{TEAM_ROLES[offer.role].label.toLowerCase()}</strong>{' '}
          with {offer.email}.
        </>
      }
    >
      <JoinTeamForm token={token} name={offer.name} email={offer.email} />
    </EntryCard>
  );
}
