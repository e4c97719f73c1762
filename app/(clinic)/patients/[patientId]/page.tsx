import { CalendarPlus, ListPlus, Pencil, ReceiptText } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { PatientBills } from '@/app/(clinic)/patients/[patientId]/patient-bills';
import {
  type HistoryItem,
  PatientTimeline,
  UpcomingAppointments,
} from '@/app/(clinic)/patients/[patientId]/patient-history';
import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import type { Appointment } from '@/features/frontdesk/appointments/dto';
import { listAppointmentsOfPatient } from '@/features/frontdesk/appointments/queries';
import type { Visit } from '@/features/frontdesk/queue/dto';
import { listVisitsOfPatient } from '@/features/frontdesk/queue/queries';
import { listChartOpenings } from '@/features/insight/audit/queries';
import { ChartOpenings } from '@/features/insight/audit/ui/chart-openings';
import { canDeleteFile } from '@/features/patients/files/policy';
import { listFiles } from '@/features/patients/files/queries';
import { Documents } from '@/features/patients/files/ui/documents';
import { patientTexts } from '@/features/patients/patients/columns';
import type { Patient } from '@/features/patients/patients/dto';
import { ageText, birthText, SEXES } from '@/features/patients/patients/policy';
import { openPatient } from '@/features/patients/patients/queries';
import { PatientActions } from '@/features/patients/patients/ui/patient-actions';
import { listExaminationsOfPatient } from '@/features/record/examinations/queries';
import { ExaminationHistory } from '@/features/record/examinations/ui/history';
import { load, staffPage } from '@/lib/actions/staff';
import { cellsOf } from '@/lib/columns';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { dayOf, formatDay, timeOf, today as todayIn } from '@/lib/time';

export const metadata: Metadata = { title: 'Patient' };

export default async function PatientPage({ params }: PageProps<'/patients/[patientId]'>) {
  const ctx = await staffPage('patients:read');
  const patient = await load(openPatient(ctx, (await params).patientId));
  const today = todayIn(ctx.timeZone);
  const birth = { day: patient.dateOfBirth, isEstimated: patient.isBirthEstimated };
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Patients', href: paths.patients }, { label: patient.number }]}
        title={patient.name}
        badge={patient.isActive ? null : <Badge>Inactive</Badge>}
        description={
          <span className="tabular-nums">
            {patient.number}, {ageText(birth, today)}, {SEXES[patient.sex].toLowerCase()},{' '}
            <PhoneLink phone={patient.phone} />
          </span>
        }
        actions={<Actions ctx={ctx} patient={patient} />}
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <div className="grid gap-5">
          {patient.isActive ? null : (
            <Alert tone="warning" title="This patient is inactive">
              The record is kept. It is no longer offered when booking or checking in.
            </Alert>
          )}
          {patient.notes ? (
            <Alert tone="info" title="Notes">
              <p className="whitespace-pre-line break-words">{patient.notes}</p>
            </Alert>
          ) : null}
          <Section title="Details">
            <DescriptionList
              columns={2}
              items={[
                { label: 'Born', value: birthText(birth, today) },
                { label: 'Sex', value: SEXES[patient.sex] },
                { label: 'Phone', value: <PhoneLink phone={patient.phone} /> },
                {
                  label: 'Second number',
                  value: patient.alternatePhone ? <PhoneLink phone={patient.alternatePhone} /> : null,
                },
                { label: 'E-mail', value: patient.email },
                ...patientTexts.map((column) => ({
                  label: column[0],
                  value: cellsOf([column], patient)[0]?.toString(),
                })),
                { label: 'Address', value: [patient.address, patient.city].filter(Boolean).join(', ') },
                {
                  label: 'Registered',
                  value: `${formatDay(dayOf(new Date(patient.registeredAt), ctx.timeZone))} by ${patient.registeredByName}`,
                },
              ]}
            />
          </Section>
          {ctx.can('bills:read') ? (
            <Suspense fallback={<Skeleton className="h-40" />}>
              <PatientBills ctx={ctx} patientId={patient.id} />
            </Suspense>
          ) : null}
          {ctx.can('files:read') ? (
            <Suspense fallback={<Skeleton className="h-40" />}>
              <PatientDocuments ctx={ctx} patientId={patient.id} />
            </Suspense>
          ) : null}
          {ctx.can('audit:read') ? (
            <Suspense fallback={<Skeleton className="h-40" />}>
              <Openings ctx={ctx} patientId={patient.id} />
            </Suspense>
          ) : null}
        </div>
        <div className="grid min-w-0 gap-5">
          {ctx.can('visits:read') ? (
            <Suspense fallback={<Skeleton className="h-40" />}>
              <Examinations ctx={ctx} patientId={patient.id} />
            </Suspense>
          ) : null}
          {ctx.can('appointments:read') || ctx.can('queue:read') ? (
            <Suspense fallback={<HistorySkeleton />}>
              <History ctx={ctx} patientId={patient.id} />
            </Suspense>
          ) : null}
        </div>
      </div>
    </>
  );
}

const PhoneLink = ({ phone }: { phone: string }) => (
  <a
    href={`tel:${phone.replace(/[^\d+]/g, '')}`}
    className="underline decoration-border-strong underline-offset-4"
  >
    {phone}
  </a>
);

function Actions({ ctx, patient }: { ctx: TenantContext; patient: Patient }) {
  const canWrite = ctx.can('patients:write');
  return (
    <>
      {canWrite ? (
        <Link href={`${paths.patient(patient.id)}/edit`} className={buttonClass()}>
          <Pencil aria-hidden="true" /> Edit
        </Link>
      ) : null}
      {ctx.can('appointments:write') && patient.isActive ? (
        <Link href={`${paths.newAppointment}?patientId=${patient.id}`} className={buttonClass()}>
          <CalendarPlus aria-hidden="true" /> Book appointment
        </Link>
      ) : null}
      {ctx.can('bills:write') ? (
        <Link href={paths.newBill(patient.id)} className={buttonClass()}>
          <ReceiptText aria-hidden="true" /> Bill
        </Link>
      ) : null}
      {ctx.can('queue:write') && patient.isActive ? (
        <Link href={`${paths.queue}?checkIn=${patient.id}`} className={buttonClass({ variant: 'primary' })}>
          <ListPlus aria-hidden="true" /> Check in
        </Link>
      ) : null}
      {canWrite ? <PatientActions patient={patient} /> : null}
    </>
  );
}

async function PatientDocuments({ ctx, patientId }: { ctx: TenantContext; patientId: string }) {
  const files = await load(listFiles(ctx, { kind: 'patient', id: patientId }));
  const { actor } = ctx;
  const canWrite = ctx.can('files:write');
  const mayDeleteAny = ctx.can('files:delete');
  return (
    <Documents
      patientId={patientId}
      canUpload={canWrite}
      timeZone={ctx.timeZone}
      files={files.map((file) => ({
        ...file,
        canDelete:
          canWrite && actor.kind === 'staff' && canDeleteFile({ mayDeleteAny, userId: actor.userId }, file),
      }))}
    />
  );
}

async function Examinations({ ctx, patientId }: { ctx: TenantContext; patientId: string }) {
  const examinations = await load(listExaminationsOfPatient(ctx, patientId));
  return <ExaminationHistory examinations={examinations} country={ctx.organization.country} />;
}

async function Openings({ ctx, patientId }: { ctx: TenantContext; patientId: string }) {
  const openings = await load(listChartOpenings(ctx, patientId));
  return <ChartOpenings openings={openings} timeZone={ctx.timeZone} />;
}

function HistorySkeleton() {
  return (
    <div className="grid gap-5" role="status">
      <span className="sr-only">Loading history</span>
      <Skeleton className="h-28" />
      <Skeleton className="h-64" />
    </div>
  );
}

async function History({ ctx, patientId }: { ctx: TenantContext; patientId: string }) {
  const [appointments, visits] = await load(
    Promise.all([
      ctx.can('appointments:read') ? listAppointmentsOfPatient(ctx, patientId) : [],
      ctx.can('queue:read') ? listVisitsOfPatient(ctx, patientId) : [],
    ]),
  );
  const now = new Date().toISOString();
  const isNext = (one: Appointment) => one.status === 'booked' && one.endsAt >= now;
  const canOpenVisit = ctx.can('visits:read');
  // A visit says all that its appointment would.
  const seen = new Set(visits.map(({ appointmentId }) => appointmentId));
  const items = [
    ...visits.map((visit) => visitItem(visit, ctx.timeZone, canOpenVisit)),
    ...appointments.filter((one) => !isNext(one) && !seen.has(one.id)).map(appointmentItem),
  ].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <div className="grid min-w-0 gap-5">
      <UpcomingAppointments appointments={appointments.filter(isNext).reverse()} />
      <PatientTimeline items={items} />
    </div>
  );
}

const visitItem = (visit: Visit, timeZone: string, canOpen: boolean): HistoryItem => ({
  kind: 'visit',
  id: visit.id,
  at: visit.startedAt,
  day: visit.day,
  time: timeOf(new Date(visit.startedAt), timeZone),
  status: visit.status,
  title: `Visit, token ${visit.token}`,
  detail: [visit.doctorName, visit.leaveReason].filter(Boolean).join(', '),
  ...(canOpen ? { href: paths.visit(visit.id) } : {}),
});

const appointmentItem = (one: Appointment): HistoryItem => ({
  kind: 'appointment',
  id: one.id,
  at: one.startsAt,
  day: one.day,
  time: one.time,
  status: one.status,
  title: 'Appointment',
  detail: [one.doctorName, one.reason, one.cancelReason].filter(Boolean).join(', '),
});
