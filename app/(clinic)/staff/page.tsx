import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Alert } from '@/components/ui/alert';
import { Card } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { Meter } from '@/components/ui/meter';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import type { RoleChoice } from '@/features/identity/access/lookup';
import { listRoleChoices } from '@/features/identity/custom-roles/queries';
import { isFull, type Seats, seatsLabel } from '@/features/identity/staff/policy';
import { getSeatUsage, listInvitations, listStaff } from '@/features/identity/staff/queries';
import { type StaffListQuery, staffListQuery } from '@/features/identity/staff/schema';
import { InvitationsTable } from '@/features/identity/staff/ui/invitations-table';
import { InviteMany } from '@/features/identity/staff/ui/invite-many';
import { InviteStaff } from '@/features/identity/staff/ui/invite-staff';
import { StaffTable } from '@/features/identity/staff/ui/staff-table';
import { load, staffPage } from '@/lib/actions/staff';
import type { Access } from '@/lib/auth/permissions';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { dayOf, formatDay, timeOf } from '@/lib/time';

export const metadata: Metadata = { title: 'Staff' };

export default async function StaffPage({ searchParams }: PageProps<'/staff'>) {
  const ctx = await staffPage('staff:read');
  const query = staffListQuery.parse(await searchParams);
  const canWrite = ctx.can('staff:write');
  const [seats, roles] = await load(Promise.all([getSeatUsage(ctx), canWrite ? listRoleChoices(ctx) : []]));
  return (
    <>
      <PageHeader
        title="Staff"
        description="Who works here, and what each person may do."
        actions={
          canWrite ? (
            <>
              <InviteMany roles={roles} seats={seats} />
              <InviteStaff roles={roles} seats={seats} />
            </>
          ) : null
        }
      />
      <div className="grid gap-6">
        {canWrite ? <SeatCard seats={seats} /> : null}
        <Suspense key={JSON.stringify(query)} fallback={<TableSkeleton />}>
          <Members ctx={ctx} query={query} roles={roles} />
        </Suspense>
        {canWrite ? (
          <Suspense fallback={<TableSkeleton rows={2} />}>
            <Invitations ctx={ctx} />
          </Suspense>
        ) : null}
      </div>
    </>
  );
}

// In a read-only organization nothing is offered that would be refused.
const accessOf = ({ actor, can }: TenantContext): Access =>
  actor.kind === 'staff' && can('staff:write')
    ? { role: actor.role, customRole: actor.customRole }
    : { role: 'receptionist' };

const inWords = (iso: string, timeZone: string): string => {
  const instant = new Date(iso);
  return `${formatDay(dayOf(instant, timeZone))}, ${timeOf(instant, timeZone)}`;
};

function SeatCard({ seats }: { seats: Seats }) {
  return (
    <Card className="grid gap-3 p-4 sm:p-5">
      <Meter
        label="Staff accounts, open invitations included"
        value={seats.used}
        max={seats.limit}
        text={seatsLabel(seats)}
      />
      {isFull(seats) ? (
        <Alert tone="warning" title="No staff account is free">
          To invite more people,{' '}
          <Link href={paths.billing} className="underline underline-offset-2">
            choose a larger plan
          </Link>
          , revoke an open invitation or remove somebody.
        </Alert>
      ) : null}
    </Card>
  );
}

async function Members({
  ctx,
  query,
  roles,
}: {
  ctx: TenantContext;
  query: StaffListQuery;
  roles: RoleChoice[];
}) {
  const { members, before, after } = await load(listStaff(ctx, query));
  const rows = members.map((member) => ({
    ...member,
    lastSignIn: member.lastSignInAt ? inWords(member.lastSignInAt, ctx.timeZone) : 'Not yet',
  }));
  const userId = ctx.actor.kind === 'staff' ? ctx.actor.userId : '';
  return (
    <StaffTable
      actor={{ userId, ...accessOf(ctx) }}
      roles={roles}
      branches={ctx.branches.map(({ id, name, isOpen }) => ({ id, name, isOpen }))}
      rows={rows}
      sort={query.sort}
      summary={members.length === 1 ? '1 person' : `${members.length} people`}
      previousHref={before ? pageHref(query, 'before', before) : null}
      nextHref={after ? pageHref(query, 'after', after) : null}
    />
  );
}

const pageHref = ({ sort }: StaffListQuery, side: 'before' | 'after', cursor: string): string =>
  `${paths.staff}?${new URLSearchParams({ sort, [side]: cursor })}`;

async function Invitations({ ctx }: { ctx: TenantContext }) {
  const invitations = await load(listInvitations(ctx));
  const rows = invitations.map((row) => ({ ...row, expires: inWords(row.expiresAt, ctx.timeZone) }));
  return <InvitationsTable actor={accessOf(ctx)} rows={rows} />;
}
