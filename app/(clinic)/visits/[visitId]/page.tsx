import { Printer, Ticket } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { askedText, PatientHead } from '@/app/(clinic)/_shell/patient-head';
import { ActionButton } from '@/components/forms/action-button';
import { Badge } from '@/components/ui/badge';
import { Button, buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Skeleton } from '@/components/ui/skeleton';
import { Timeline } from '@/components/ui/timeline';
import { getAppointment } from '@/features/frontdesk/appointments/queries';
import { reopenVisitAction } from '@/features/frontdesk/queue/actions';
import {
  durationText,
  isOpen,
  minutesBetween,
  PRIORITY_LABEL,
  STATION_LABEL,
  STEP_LABEL,
  VISIT_LABEL,
} from '@/features/frontdesk/queue/policy';
import { openVisit, type VisitDetails } from '@/features/frontdesk/queue/queries';
import { EntryActions } from '@/features/frontdesk/queue/ui/entry-actions';
import { findAllergies } from '@/features/patients/allergies/queries';
import { AllergiesSection } from '@/features/patients/allergies/ui/allergies-section';
import { getPatient } from '@/features/patients/patients/queries';
import { listContactLensesOfPatient } from '@/features/record/contact-lenses/queries';
import { ContactLensSection } from '@/features/record/contact-lenses/ui/contact-lens-section';
import { hasMeasurements } from '@/features/record/examinations/policy';
import {
  findExamination,
  findEyeRecord,
  listExaminationsOfPatient,
  listExaminationVersions,
} from '@/features/record/examinations/queries';
import {
  ExaminationSections,
  ExaminationVersions,
} from '@/features/record/examinations/ui/examination-sections';
import { ExaminationHistory } from '@/features/record/examinations/ui/history';
import { listLettersOfPatient } from '@/features/record/letters/queries';
import { LettersSection } from '@/features/record/letters/ui/letters-section';
import { listPrescriptionsOfVisit } from '@/features/record/prescriptions/queries';
import { PrescriptionSection } from '@/features/record/prescriptions/ui/prescription-section';
import { listSpectaclesOfPatient } from '@/features/record/spectacles/queries';
import { GlassesSection } from '@/features/record/spectacles/ui/glasses-section';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, timeOf, today } from '@/lib/time';

export const metadata: Metadata = { title: 'Visit' };

export default async function VisitPage({ params }: PageProps<'/visits/[visitId]'>) {
  const ctx = await staffPage('queue:read');
  const visit = await load(openVisit(ctx, (await params).visitId));
  const [patient, allergies, appointment] = await load(
    Promise.all([
      getPatient(ctx, visit.patientId),
      findAllergies(ctx, visit.patientId),
      visit.appointmentId && ctx.can('appointments:read') ? getAppointment(ctx, visit.appointmentId) : null,
    ]),
  );
  const reason = [appointment?.reason, ...visit.steps.map(({ note }) => note)].filter(Boolean).join('; ');
  const now = new Date(visit.now).getTime();
  const current = visit.steps.find(({ status }) => isOpen(status));
  const clock = (instant: string | null) => (instant ? timeOf(new Date(instant), ctx.timeZone) : '');
  const canWrite = ctx.can('queue:write');
  const canRead = ctx.can('visits:read');
  return (
    <>
      <PatientHead
        ctx={ctx}
        patient={patient}
        reason={reason}
        allergies={allergies}
        breadcrumbs={[
          { label: 'Queue', href: paths.queue },
          { label: `Token ${visit.token}, ${formatDay(visit.day)}` },
        ]}
        badge={
          <Badge tone={visit.status === 'in-progress' ? 'accent' : 'neutral'}>
            {VISIT_LABEL[visit.status]}
          </Badge>
        }
        actions={
          <>
            <Button asChild>
              <Link href={paths.patient(visit.patientId)}>Open the patient</Link>
            </Button>
            {canRead ? (
              <Link href={paths.visitSummary(visit.id)} className={buttonClass()}>
                Summary
              </Link>
            ) : null}
            <a href={paths.tokenSlip(visit.id)} target="_blank" rel="noreferrer" className={buttonClass()}>
              <Ticket aria-hidden="true" /> Print token
            </a>
            {canWrite && current ? <EntryActions entry={current} /> : null}
            {canWrite && !current && visit.day === today(ctx.timeZone) ? (
              <ActionButton action={reopenVisitAction} fields={{ visitId: visit.id }}>
                Open again
              </ActionButton>
            ) : null}
          </>
        }
      />
      <div
        className={`grid items-start gap-5 ${canRead ? 'lg:grid-cols-[minmax(0,3fr)_minmax(15rem,1fr)]' : ''}`}
      >
        {canRead ? (
          <div className="grid min-w-0 gap-5">
            <Suspense fallback={<Skeleton className="h-96" />}>
              <TheExamination ctx={ctx} visit={visit} />
            </Suspense>
            {ctx.can('prescriptions:read') ? (
              <Suspense fallback={<Skeleton className="h-40" />}>
                <Prescriptions ctx={ctx} visit={visit} />
              </Suspense>
            ) : null}
            {ctx.can('letters:read') ? (
              <Suspense fallback={<Skeleton className="h-24" />}>
                <Letters ctx={ctx} visit={visit} />
              </Suspense>
            ) : null}
          </div>
        ) : null}
        <div className={`grid min-w-0 items-start gap-5 ${canRead ? '' : 'lg:grid-cols-2'}`}>
          {ctx.can('patients:read') ? (
            <AllergiesSection
              patientId={patient.id}
              allergies={allergies}
              asked={askedText(allergies.asked, ctx.timeZone)}
              canWrite={ctx.can('patients:write')}
            />
          ) : null}
          <Section title="Stations">
            <Timeline
              items={visit.steps.map((step) => {
                const end = step.endedAt ? new Date(step.endedAt).getTime() : now;
                return {
                  id: step.id,
                  title: `${STATION_LABEL[step.station]}: ${STEP_LABEL[step.status].toLowerCase()}`,
                  time: [clock(step.waitingSince), clock(step.endedAt)].filter(Boolean).join(' to '),
                  description: [
                    durationText(minutesBetween(new Date(step.waitingSince).getTime(), end)),
                    step.doctorName,
                    step.room,
                    step.note,
                    step.byName,
                  ]
                    .filter(Boolean)
                    .join(', '),
                  tone: `station-${step.station}` as const,
                };
              })}
            />
          </Section>
          <Section title="Details">
            <DescriptionList
              columns={canRead ? 1 : 2}
              items={[
                { label: 'Doctor', value: visit.doctorName ?? 'Whoever is free' },
                { label: 'Priority', value: PRIORITY_LABEL[visit.priority] },
                { label: 'Checked in', value: `${clock(visit.startedAt)} by ${visit.checkedInByName}` },
                { label: 'Ended', value: clock(visit.finishedAt) },
                { label: 'Why they left', value: visit.leaveReason },
              ]}
            />
          </Section>
        </div>
      </div>
    </>
  );
}

async function TheExamination({ ctx, visit }: { ctx: TenantContext; visit: VisitDetails }) {
  const [examination, versions, all, record] = await load(
    Promise.all([
      findExamination(ctx, visit.id),
      listExaminationVersions(ctx, visit.id),
      listExaminationsOfPatient(ctx, visit.patientId),
      findEyeRecord(ctx, visit.patientId),
    ]),
  );
  const { country } = ctx.organization;
  const others = all.filter(({ visitId }) => visitId !== visit.id);
  return (
    <>
      <ExaminationSections
        visitId={visit.id}
        examination={examination}
        earlier={
          others.find(({ day, measurements }) => day <= visit.day && hasMeasurements(measurements)) ?? null
        }
        targets={{
          ...(record.targets.right ? { right: record.targets.right.mmHg } : {}),
          ...(record.targets.left ? { left: record.targets.left.mmHg } : {}),
        }}
        country={country}
        timeZone={ctx.timeZone}
        canMeasure={ctx.can('visits:write')}
        canAssess={ctx.can('diagnoses:write')}
      />
      {(examination?.assessment.orders ?? []).length > 0 ? (
        <a
          href={paths.requestPrint(visit.id)}
          target="_blank"
          rel="noreferrer"
          className={`justify-self-start ${buttonClass()}`}
        >
          <Printer aria-hidden="true" /> Print the request
        </a>
      ) : null}
      <ExaminationVersions versions={versions} country={country} timeZone={ctx.timeZone} />
      {others.length > 0 ? (
        <ExaminationHistory title="All examinations" examinations={all} country={country} record={record} />
      ) : null}
    </>
  );
}

async function Prescriptions({ ctx, visit }: { ctx: TenantContext; visit: VisitDetails }) {
  const [prescriptions, glasses, lenses] = await load(
    Promise.all([
      listPrescriptionsOfVisit(ctx, visit.id),
      listSpectaclesOfPatient(ctx, visit.patientId),
      listContactLensesOfPatient(ctx, visit.patientId),
    ]),
  );
  return (
    <>
      <PrescriptionSection
        visitId={visit.id}
        prescriptions={prescriptions}
        canPrescribe={ctx.can('prescriptions:write')}
        timeZone={ctx.timeZone}
      />
      <GlassesSection visitId={visit.id} all={glasses} canPrescribe={ctx.can('spectacles:write')} />
      <ContactLensSection visitId={visit.id} all={lenses} canPrescribe={ctx.can('spectacles:write')} />
    </>
  );
}

async function Letters({ ctx, visit }: { ctx: TenantContext; visit: VisitDetails }) {
  const all = await load(listLettersOfPatient(ctx, visit.patientId));
  return <LettersSection visitId={visit.id} all={all} canWrite={ctx.can('letters:write')} />;
}
