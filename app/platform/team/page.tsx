import type { Metadata } from 'next';
import { Section } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { listTeam } from '@/features/platform/team/queries';
import { RoleMatrix } from '@/features/platform/team/ui/role-matrix';
import { InvitePerson, TeamInvitations } from '@/features/platform/team/ui/team-invitations';
import { TeamTable } from '@/features/platform/team/ui/team-table';
import { platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { inUtc } from '@/lib/words';

export const metadata: Metadata = { title: 'Team' };

export default async function TeamPage() {
  const ctx = await platformPage('team:read');
  const { people, invitations } = await load(listTeam(ctx));
  const canChange = ctx.can('team:write');
  return (
    <>
      <PageHeader
        title="Team"
        description="Who works on the company’s pages, and what each role may do."
        {...(canChange ? { actions: <InvitePerson /> } : {})}
      />
      <div className="grid gap-6">
        <TeamTable
          canChange={canChange}
          rows={people.map((person) => ({
            ...person,
            lastSignIn: person.lastSignInAt ? inUtc(person.lastSignInAt) : 'Never',
          }))}
        />
        <TeamInvitations
          canChange={canChange}
          rows={invitations.map((one) => ({ ...one, expires: inUtc(one.expiresAt) }))}
        />
        <Section title="Roles" description="An owner changes the role of a person above." flush>
          <RoleMatrix />
        </Section>
      </div>
    </>
  );
}
