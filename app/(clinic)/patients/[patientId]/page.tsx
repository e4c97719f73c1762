import type { Metadata } from 'next';
import { Suspense } from 'react';
import { PatientDocuments } from '@/app/(clinic)/_shell/patient-documents';
import { askedText, PatientHead } from '@/app/(clinic)/_shell/patient-head';
import { PatientHistory, PatientPortrait } from '@/app/(clinic)/_shell/patient-sections';
import { allergiesOf, examinationsOf, prescriptionsOf } from '@/app/(clinic)/_shell/read-once';
import { MergedNumbers, MergedRecord } from '@/app/(clinic)/patients/[patientId]/merged-record';
import { PatientBills } from '@/app/(clinic)/patients/[patientId]/patient-bills';
import {
  AllYears,
  historyOf,
  PatientTimeline,
  UpcomingAppointments,
} from '@/app/(clinic)/patients/[patientId]/patient-history';
import { MedicinesAndPapers } from '@/app/(clinic)/patients/[patientId]/patient-papers';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { Skeleton } from '@/components/ui/skeleton';
import { textLinkClass } from '@/components/ui/text-link';
import type { Appointment } from '@/features/frontdesk/appointments/dto';
import { listAppointmentsOfPatient } from '@/features/frontdesk/appointments/queries';
import { newAppointmentHref } from '@/features/frontdesk/appointments/ui/addresses';
import { listVisitsOfPatient } from '@/features/frontdesk/queue/queries';
import { stillAskedBack } from '@/features/frontdesk/recalls/policy';
import { listChartOpenings } from '@/features/insight/audit/queries';
import { ChartOpenings } from '@/features/insight/audit/ui/chart-openings';
import { AllergiesSection } from '@/features/patients/allergies/ui/allergies-section';
import { patientTexts } from '@/features/patients/patients/columns';
import type { Patient } from '@/features/patients/patients/dto';
import {
  addressText,
  birthText,
  isSampleNumber,
  noPhoneText,
  SEXES,
} from '@/features/patients/patients/policy';
import { openPatient } from '@/features/patients/patients/queries';
import { PatientActions } from '@/features/patients/patients/ui/patient-actions';
import { notationOf } from '@/features/record/examinations/acuity';
import { changesSince } from '@/features/record/examinations/eye-record';
import { findEyeRecord } from '@/features/record/examinations/queries';
import { Glance } from '@/features/record/examinations/ui/glance';
import { ExaminationHistory } from '@/features/record/examinations/ui/history';
import { listDoneProcedures } from '@/features/record/orders/queries';
import { medicineTimes } from '@/features/record/prescriptions/policy';
import { load, staffPage } from '@/lib/actions/staff';
import { cellsOf } from '@/lib/columns';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { dayOf, formatDay, today as todayIn } from '@/lib/time';

export const metadata: Metadata = { title: 'Patient' };

/** Of visits and examinations: those of before have a page of their own. */
const SHOWN = 20;

export default async function PatientPage({ params }: PageProps<'/patients/[patientId]'>) {
  const ctx = await staffPage('patients:read');
  const patient = await load(openPatient(ctx, (await params).patientId));
  if (patient.mergedInto) return <MergedRecord ctx={ctx} patient={patient} />;
  const today = todayIn(ctx.timeZone);
  const birth = { day: patient.dateOfBirth, isEstimated: patient.isBirthEstimated };
  return (
    <>
      <PatientHead
        ctx={ctx}
        patient={patient}
        breadcrumbs={[{ label: 'Patients', href: paths.patients }, { label: patient.number }]}
        actions={<Actions ctx={ctx} patient={patient} />}
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <div className="grid gap-5">
          {patient.deceasedOn ? (
            <Alert tone="warning" title={`Deceased on ${formatDay(patient.deceasedOn)}`}>
              The record is kept. Nobody is reminded or asked back. What is still booked is listed under Next
              appointments: cancel it there.
            </Alert>
          ) : patient.isActive ? null : (
            <Alert tone="warning" title="This patient is inactive">
              The record is kept. It is no longer offered when booking or checking in.
            </Alert>
          )}
          <Suspense fallback={<Skeleton className="h-28" />}>
            <TheAllergies ctx={ctx} patientId={patient.id} />
          </Suspense>
          {ctx.can('visits:read') ? (
            <Suspense fallback={<Skeleton className="h-28" />}>
              <PatientHistory ctx={ctx} patientId={patient.id} />
            </Suspense>
          ) : null}
          <Section
            title="Details"
            actions={
              ctx.can('files:write') ? (
                <Suspense fallback={<Skeleton className="h-8 w-40" />}>
                  <PatientPortrait ctx={ctx} patientId={patient.id} />
                </Suspense>
              ) : null
            }
          >
            <DescriptionList
              columns={2}
              items={[
                { label: 'Born', value: birthText(birth, today) },
                { label: 'Sex', value: SEXES[patient.sex] },
                {
                  label: 'Phone',
                  value: patient.phone ? (
                    <PhoneLink phone={patient.phone} />
                  ) : (
                    noPhoneText(patient.noPhoneReason)
                  ),
                },
                {
                  label: 'Second number',
                  value: patient.alternatePhone ? <PhoneLink phone={patient.alternatePhone} /> : null,
                },
                { label: 'E-mail', value: patient.email },
                ...patientTexts.flatMap((column) => {
                  const value = cellsOf([column], patient)[0]?.toString();
                  return value ? [{ label: column[0], value }] : [];
                }),
                { label: 'Address', value: addressText(patient) },
                ...(patient.merged.length > 0
                  ? [{ label: 'Registered twice', value: <MergedNumbers merged={patient.merged} /> }]
                  : []),
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
          {ctx.can('letters:read') || ctx.can('prescriptions:read') ? (
            <Suspense fallback={<Skeleton className="h-24" />}>
              <MedicinesAndPapers ctx={ctx} patientId={patient.id} />
            </Suspense>
          ) : null}
          {ctx.can('files:read') ? (
            <Suspense fallback={<Skeleton className="h-40" />}>
              <PatientDocuments ctx={ctx} patientId={patient.id} />
            </Suspense>
          ) : null}
          {ctx.can('audit:read') ? (
            <Suspense fallback={<Skeleton className="h-40" />}>
              <Openings ctx={ctx} patient={patient} />
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
              <History ctx={ctx} patient={patient} />
            </Suspense>
          ) : null}
        </div>
      </div>
    </>
  );
}

const PhoneLink = ({ phone }: { phone: string }) => (
  <a href={`tel:${phone.replace(/[^\d+]/g, '')}`} className={textLinkClass}>
    {phone}
  </a>
);

function Actions({ ctx, patient }: { ctx: TenantContext; patient: Patient }) {
  const canWrite = ctx.can('patients:write');
  return (
    <>
      {canWrite ? (
        <Link href={`${paths.patient(patient.id)}/edit`} className={buttonClass()}>
          <Icon of="pencil" /> Edit
        </Link>
      ) : null}
      {ctx.can('appointments:write') && patient.isActive ? (
        <Link href={`${paths.newAppointment}?patientId=${patient.id}`} className={buttonClass()}>
          <Icon of="calendar-plus" /> Book appointment
        </Link>
      ) : null}
      {ctx.can('bills:write') ? (
        <>
          <Link href={paths.newEstimate(patient.id)} className={buttonClass()}>
            Estimate
          </Link>
          <Link href={paths.newBill(patient.id)} className={buttonClass()}>
            <Icon of="receipt-text" /> Bill
          </Link>
        </>
      ) : null}
      {ctx.can('queue:write') && patient.isActive ? (
        <Link href={`${paths.queue}?checkIn=${patient.id}`} className={buttonClass({ variant: 'primary' })}>
          <Icon of="list-plus" /> Check in
        </Link>
      ) : null}
      {canWrite ? (
        <PatientActions
          patient={patient}
          today={todayIn(ctx.timeZone)}
          mergeHref={
            ctx.can('merges:write') && !isSampleNumber(patient.number) ? paths.patientMerge(patient.id) : null
          }
        />
      ) : null}
    </>
  );
}

async function TheAllergies({ ctx, patientId }: { ctx: TenantContext; patientId: string }) {
  const allergies = await load(allergiesOf(ctx, patientId));
  return (
    <AllergiesSection
      patientId={patientId}
      allergies={allergies}
      asked={askedText(allergies.asked, ctx.timeZone)}
      canWrite={ctx.can('patients:write')}
    />
  );
}

async function Examinations({ ctx, patientId }: { ctx: TenantContext; patientId: string }) {
  const [examinations, record, prescriptions] = await load(
    Promise.all([
      examinationsOf(ctx, patientId),
      findEyeRecord(ctx, patientId),
      ctx.can('prescriptions:read') ? prescriptionsOf(ctx, patientId) : [],
    ]),
  );
  const done = await load(
    listDoneProcedures(
      ctx,
      examinations.map(({ visitId }) => visitId),
    ),
  );
  const { country } = ctx.organization;
  const today = todayIn(ctx.timeZone);
  return (
    <>
      {examinations.length > 0 ? (
        <Glance
          patientId={patientId}
          record={record}
          changes={changesSince(examinations, record, today)}
          notation={notationOf(country)}
          today={today}
          canResolve={ctx.can('diagnoses:write')}
        />
      ) : null}
      <ExaminationHistory
        examinations={examinations}
        country={country}
        record={record}
        done={done}
        medicines={medicineTimes(prescriptions)}
        most={SHOWN}
        actions={examinations.length > SHOWN ? <AllYears patientId={patientId} /> : null}
      />
    </>
  );
}

async function Openings({ ctx, patient }: { ctx: TenantContext; patient: Patient }) {
  const merged = patient.merged.map(({ id }) => id);
  const openings = await load(listChartOpenings(ctx, patient.id, merged));
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

async function History({ ctx, patient }: { ctx: TenantContext; patient: Patient }) {
  const patientId = patient.id;
  const [appointments, visits] = await load(
    Promise.all([
      ctx.can('appointments:read') ? listAppointmentsOfPatient(ctx, patientId) : [],
      // One more than is shown says whether there are more.
      ctx.can('queue:read') ? listVisitsOfPatient(ctx, patientId, SHOWN + 1) : [],
    ]),
  );
  const now = new Date().toISOString();
  const isNext = (one: Appointment) => one.status === 'booked' && one.endsAt >= now;
  const items = historyOf(ctx, { visits, appointments: appointments.filter((one) => !isNext(one)) });
  const next = appointments.filter(isNext).reverse();
  const asked = stillAskedBack(patient.askedBack, {
    visitDays: visits.map(({ day }) => day),
    isBooked: next.length > 0,
  });
  const today = todayIn(ctx.timeZone);
  const bookAt = asked && asked > today ? asked : today;
  const canBook = ctx.can('appointments:write') && patient.isActive;
  return (
    <div className="grid min-w-0 gap-5">
      <UpcomingAppointments
        appointments={next}
        asked={asked}
        bookHref={canBook ? newAppointmentHref({ patientId, date: bookAt }) : null}
      />
      <PatientTimeline
        items={items.slice(0, SHOWN)}
        actions={items.length > SHOWN ? <AllYears patientId={patientId} /> : null}
      />
    </div>
  );
}
