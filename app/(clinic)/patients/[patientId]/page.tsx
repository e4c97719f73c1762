import { CalendarPlus, ListPlus, Pencil } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { Timeline } from '@/components/ui/timeline';
import { load, staffPage } from '@/lib/actions/staff';
import { recordAudit } from '@/lib/audit/record';
import { listAppointmentsOfPatient } from '@/lib/features/appointments/queries';
import { getPatient } from '@/lib/features/patients/queries';
import { SEXES } from '@/lib/features/patients/schema';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { ageInYears, dayOf, formatDay, today } from '@/lib/time';

export const metadata: Metadata = { title: 'Patient' };

export default async function PatientPage({ params }: PageProps<'/patients/[patientId]'>) {
  const ctx = await staffPage('patients:read');
  const patient = await load(getPatient(ctx, (await params).patientId));
  await load(recordAudit(ctx, { action: 'patient.open', target: `patient:${patient.id}` }));
  const age = ageInYears(patient.dateOfBirth, today(ctx.timeZone));
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Patients', href: paths.patients }, { label: patient.number }]}
        title={patient.name}
        description={
          <span className="tabular-nums">
            {patient.number}, {age} years{patient.isBirthEstimated ? ' (estimated)' : ''}, {SEXES[patient.sex].toLowerCase()}
          </span>
        }
        actions={
          <>
            {ctx.can('patients:write') ? (
              <Button asChild>
                <Link href={`${paths.patient(patient.id)}/edit`}>
                  <Pencil aria-hidden="true" /> Edit
                </Link>
              </Button>
            ) : null}
            {ctx.can('appointments:write') ? (
              <Button asChild>
                <Link href={`${paths.newAppointment}?patientId=${patient.id}`}>
                  <CalendarPlus aria-hidden="true" /> Book appointment
                </Link>
              </Button>
            ) : null}
            {ctx.can('queue:write') ? (
              <Button asChild variant="primary">
                <Link href={`${paths.queue}?checkIn=${patient.id}`}>
                  <ListPlus aria-hidden="true" /> Check in
                </Link>
              </Button>
            ) : null}
          </>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <div className="grid gap-5">
          {patient.notes ? (
            <Alert tone="info" title="Notes">
              <p className="whitespace-pre-line">{patient.notes}</p>
            </Alert>
          ) : null}
          <Section title="Details">
            <DescriptionList
              columns={2}
              items={[
                { label: 'Phone', value: <a href={`tel:${patient.phone.replace(/[^\d+]/g, '')}`}>{patient.phone}</a> },
                { label: 'Date of birth', value: formatDay(patient.dateOfBirth) },
                { label: 'Email', value: patient.email },
                { label: 'Guardian', value: patient.guardianName },
                { label: 'Address', value: [patient.address, patient.city].filter(Boolean).join(', ') },
                { label: 'Registered', value: formatDay(dayOf(new Date(patient.registeredAt), ctx.timeZone)) },
              ]}
            />
          </Section>
        </div>
        <Suspense fallback={<Skeleton className="h-64" />}>
          <History ctx={ctx} patientId={patient.id} />
        </Suspense>
      </div>
    </>
  );
}

const TONES = { booked: 'accent', 'checked-in': 'info', completed: 'success', cancelled: 'neutral', 'no-show': 'warning' } as const;

async function History({ ctx, patientId }: { ctx: TenantContext; patientId: string }) {
  const appointments = await load(listAppointmentsOfPatient(ctx, patientId));
  return (
    <Section title="Appointments">
      {appointments.length === 0 ? (
        <p className="text-text-muted">None yet.</p>
      ) : (
        <Timeline
          items={appointments.map((one) => ({
            id: one.id,
            title: `${formatDay(one.day)}, ${one.time}`,
            time: one.status.replace('-', ' '),
            description: [one.doctorName, one.reason].filter(Boolean).join(': '),
            tone: TONES[one.status],
          }))}
        />
      )}
    </Section>
  );
}
