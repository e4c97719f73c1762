import type { Metadata } from 'next';
import { type ReactNode, Suspense } from 'react';
import { buttonClass } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { Stat, StatGrid } from '@/components/ui/stat';
import { durationText } from '@/features/frontdesk/queue/policy';
import { greetingAt } from '@/features/frontdesk/today/policy';
import { getOverview } from '@/features/frontdesk/today/queries';
import { AutoRefresh } from '@/features/frontdesk/today/ui/auto-refresh';
import { LongestWaits, NextAppointments } from '@/features/frontdesk/today/ui/today-lists';
import { recentAlertsAt } from '@/features/pharmacy/branch-stock/queries';
import { StockList } from '@/features/pharmacy/medicines/ui/stock-list';
import { listStartSteps } from '@/features/support/onboarding/queries';
import { StartList } from '@/features/support/onboarding/ui/start-list';
import { countSamples } from '@/features/support/samples/queries';
import { SamplePatients } from '@/features/support/samples/ui/sample-patients';
import { load, staffPage } from '@/lib/actions/staff';
import type { Permission } from '@/lib/auth/permissions';
import { getPrincipal } from '@/lib/auth/principal';
import type { StaffRole } from '@/lib/master/vocabulary';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, timeOf, today as todayIn } from '@/lib/time';

export const metadata: Metadata = { title: 'Today' };

export default async function TodayPage() {
  const ctx = await staffPage('today:read');
  const now = new Date();
  const role = roleOf(ctx);
  // Read before anything is shown: at the top of the page it must not push the rest down later.
  const steps = ctx.can('staff:write') ? await load(startStepsOf(ctx)) : [];
  return (
    <>
      <PageHeader
        title={`${greetingAt(timeOf(now, ctx.timeZone))}, ${ctx.actor.name}`}
        description={`${formatDay(todayIn(ctx.timeZone, now))}, ${ctx.organization.name}`}
        actions={<QuickActions ctx={ctx} role={role} />}
      />
      <AutoRefresh />
      <div className="grid gap-5">
        {steps.length > 0 ? (
          <StartList steps={steps} canPutAway={ctx.can('settings:write')}>
            {ctx.can('settings:write') ? <TryIt ctx={ctx} /> : null}
          </StartList>
        ) : null}
        {role === 'pharmacist' && ctx.can('medicines:read') ? <Stock ctx={ctx} /> : null}
        <Suspense fallback={<OverviewSkeleton />}>
          <Overview ctx={ctx} role={role} />
        </Suspense>
        {role !== 'pharmacist' && ctx.can('medicines:write') ? <Stock ctx={ctx} /> : null}
      </div>
    </>
  );
}

async function startStepsOf(ctx: TenantContext) {
  const principal = await getPrincipal();
  if (principal?.kind !== 'staff') return [];
  const { organization, hasSecondFactor } = principal;
  return listStartSteps(ctx, { onboarding: organization.onboarding, hasSecondFactor });
}

/** Below the list: invented people to try everything with. */
async function TryIt({ ctx }: { ctx: TenantContext }) {
  const count = await load(countSamples(ctx));
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 border-border border-t px-4 py-3 sm:px-5">
      <p className="text-text-muted">
        {count > 0
          ? 'Sample patients are in the queue and among the patients. No report counts them.'
          : 'Try everything first, with invented patients that go again without a trace.'}
      </p>
      <SamplePatients count={count} />
    </div>
  );
}

const roleOf = ({ actor }: TenantContext): StaffRole =>
  actor.kind === 'staff' ? actor.role : 'receptionist';

type QuickAction = { permission: Permission; href: string; label: string; icon: ReactNode };

const QUICK: Record<'register' | 'book' | 'queue' | 'medicines' | 'cashier', QuickAction> = {
  register: {
    permission: 'patients:write',
    href: paths.newPatient,
    label: 'Register patient',
    icon: <Icon of="user-round-plus" />,
  },
  book: {
    permission: 'appointments:write',
    href: paths.newAppointment,
    label: 'Book appointment',
    icon: <Icon of="calendar-plus" />,
  },
  queue: {
    permission: 'queue:read',
    href: paths.queue,
    label: 'Open the queue',
    icon: <Icon of="list-ordered" />,
  },
  medicines: {
    permission: 'medicines:read',
    href: paths.medicines,
    label: 'Medicines',
    icon: <Icon of="pill" />,
  },
  cashier: {
    permission: 'bills:read',
    href: paths.cashier,
    label: 'Cashier',
    icon: <Icon of="banknote" />,
  },
};

/** The last one is what the role does most. */
const QUICK_OF: Record<StaffRole, readonly (keyof typeof QUICK)[]> = {
  owner: ['queue', 'book', 'register'],
  admin: ['queue', 'book', 'register'],
  receptionist: ['book', 'register', 'queue'],
  doctor: ['book', 'queue'],
  optometrist: ['register', 'queue'],
  pharmacist: ['queue', 'medicines'],
  cashier: ['queue', 'cashier'],
};

function QuickActions({ ctx, role }: { ctx: TenantContext; role: StaffRole }) {
  const actions = QUICK_OF[role].map((key) => QUICK[key]).filter(({ permission }) => ctx.can(permission));
  return actions.map(({ href, label, icon }, index) => (
    <Link
      key={href}
      href={href}
      className={buttonClass({ variant: index === actions.length - 1 ? 'primary' : 'secondary' })}
    >
      {icon} {label}
    </Link>
  ));
}

async function Overview({ ctx, role }: { ctx: TenantContext; role: StaffRole }) {
  const isOwn = role === 'doctor' && ctx.actor.kind === 'staff';
  const doctorId = isOwn && ctx.actor.kind === 'staff' ? ctx.actor.userId : undefined;
  const { appointments, queue, newPatients, next } = await load(getOverview(ctx, { doctorId }));
  return (
    <>
      <StatGrid>
        {appointments ? (
          <Stat
            label={isOwn ? 'Booked with you today' : 'Booked today'}
            value={appointments.bookedToday}
            hint={appointments.bookedToday > 0 ? `${appointments.toCome} still to come` : 'Nothing booked'}
            href={doctorId ? `${paths.appointments}?doctor=${doctorId}` : paths.appointments}
          />
        ) : null}
        {queue ? (
          <>
            <Stat
              label="Waiting now"
              value={queue.waiting}
              hint={queue.waiting > 0 ? `longest ${durationText(queue.longestWaitMinutes)}` : 'Nobody waits'}
              href={paths.queue}
            />
            <Stat
              label="Seen today"
              value={queue.seenToday}
              hint={`${queue.inProgress} being seen now`}
              href={paths.queue}
            />
          </>
        ) : null}
        {newPatients === null ? null : (
          <Stat label="New patients" value={newPatients} hint="registered today" href={paths.patients} />
        )}
      </StatGrid>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        {appointments ? (
          <NextAppointments
            title={isOwn ? 'Your next appointments' : 'Next appointments'}
            appointments={next}
            canBook={ctx.can('appointments:write')}
          />
        ) : null}
        {queue ? <LongestWaits waits={queue.longest} canOpenVisit={ctx.can('visits:read')} /> : null}
      </div>
    </>
  );
}

function OverviewSkeleton() {
  return (
    <div role="status" className="grid gap-5">
      <span className="sr-only">Loading the day</span>
      <StatGrid>
        <Skeleton className="h-[6.5rem]" />
        <Skeleton className="h-[6.5rem]" />
        <Skeleton className="h-[6.5rem]" />
        <Skeleton className="h-[6.5rem]" />
      </StatGrid>
      <div className="grid gap-5 lg:grid-cols-2">
        <Skeleton className="h-64" />
        <Skeleton className="h-64" />
      </div>
    </div>
  );
}

function Stock({ ctx }: { ctx: TenantContext }) {
  return (
    <Suspense fallback={<Skeleton className="h-40" />}>
      <StockAlertsPanel ctx={ctx} />
    </Suspense>
  );
}

async function StockAlertsPanel({ ctx }: { ctx: TenantContext }) {
  const alerts = await load(recentAlertsAt(ctx, ctx.branch.id));
  return <StockList alerts={alerts} />;
}
