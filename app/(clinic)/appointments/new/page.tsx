import type { Metadata } from 'next';
import { Alert } from '@/components/ui/alert';
import { Card } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { nextFreeTimes } from '@/features/frontdesk/appointments/queries';
import { newAppointmentQuery } from '@/features/frontdesk/appointments/schema';
import { appointmentsHref } from '@/features/frontdesk/appointments/ui/addresses';
import { BookAppointmentForm } from '@/features/frontdesk/appointments/ui/book-appointment-form';
import { listDoctors } from '@/features/identity/staff/directory';
import { getPatient } from '@/features/patients/patients/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { today as todayIn } from '@/lib/time';

export const metadata: Metadata = { title: 'Book appointment' };

export default async function NewAppointmentPage({ searchParams }: PageProps<'/appointments/new'>) {
  const ctx = await staffPage('appointments:write');
  const query = newAppointmentQuery.parse(await searchParams);
  const [doctors, known] = await load(
    Promise.all([
      listDoctors(ctx),
      query.patientId && ctx.can('patients:read') ? getPatient(ctx, query.patientId) : null,
    ]),
  );
  const patient = known ? { id: known.id, name: known.name, number: known.number, phone: known.phone } : null;
  const today = todayIn(ctx.timeZone);
  const doctorId = likelyDoctor(ctx, doctors, query.doctorId);
  const from = query.date && query.date > today ? query.date : today;
  const [free] = doctorId ? await load(nextFreeTimes(ctx, { doctorId, from, count: 1 })) : [];
  const isDateFixed = Boolean(query.date ?? query.time);
  const start = isDateFixed
    ? {
        doctorId,
        branchId: ctx.branch.id,
        date: from,
        time: query.time ?? (free?.day === from ? free.time : ''),
      }
    : { doctorId, branchId: ctx.branch.id, date: free?.day ?? today, time: free?.time ?? '' };
  return (
    <>
      <PageHeader
        title="Book appointment"
        breadcrumbs={[
          { label: 'Appointments', href: appointmentsHref({ date: query.date }) },
          { label: 'Book appointment' },
        ]}
      />
      <div className="grid max-w-2xl gap-4">
        {doctors.length === 0 ? (
          <Alert tone="warning" title="Nobody sees patients yet">
            Appointments are booked with a doctor. Invite one, or mark somebody on the{' '}
            <Link href={paths.staff} className="text-text underline underline-offset-2">
              staff page
            </Link>{' '}
            as seeing patients.
          </Alert>
        ) : null}
        <Card className="p-4 sm:p-6">
          <BookAppointmentForm
            patient={patient}
            doctors={doctors.map(({ id, name }) => ({ id, name }))}
            branches={ctx.ownBranches.map(({ id, name }) => ({ id, name }))}
            start={start}
            isTimeChosen={Boolean(query.time)}
            isDateChosen={Boolean(query.date)}
            today={today}
            canOverbook={ctx.can('overbookings:write')}
          />
        </Card>
      </div>
    </>
  );
}

/** The one asked for, the person themself, or the only one there is; otherwise the person chooses. */
function likelyDoctor(
  ctx: TenantContext,
  doctors: readonly { id: string }[],
  asked: string | undefined,
): string {
  const self = ctx.actor.kind === 'staff' ? ctx.actor.userId : undefined;
  for (const wanted of [asked, self]) {
    if (wanted && doctors.some(({ id }) => id === wanted)) return wanted;
  }
  return doctors.length === 1 ? (doctors[0]?.id ?? '') : '';
}
