import { Ticket } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { PatientDocuments } from '@/app/(clinic)/_shell/patient-documents';
import { askedText, PatientHead } from '@/app/(clinic)/_shell/patient-head';
import { PatientHistory } from '@/app/(clinic)/_shell/patient-sections';
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
import type { Patient } from '@/features/patients/patients/dto';
import { getPatient } from '@/features/patients/patients/queries';
import { DeviceDrop } from '@/features/record/devices/ui/device-drop';
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
import { listPrescriptionsOfVisit } from '@/features/record/prescriptions/queries';
import { PrescriptionSection } from '@/features/record/prescriptions/ui/prescription-section';
import { listSpectaclesOfPatient } from '@/features/record/spectacles/queries';
import { GlassesSection } from '@/features/record/spectacles/ui/glasses-section';
import { kindsOf, templateFor, WHOLE } from '@/features/record/templates/policy';
import { listTemplates } from '@/features/record/templates/queries';
import { sheetQuery } from '@/features/record/templates/schema';
import { SheetChoice } from '@/features/record/templates/ui/sheet-choice';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { ageInYears, formatDay, timeOf, today } from '@/lib/time';

export const metadata: Metadata = { title: 'Visit' };

export default async function VisitPage({ params, searchParams }: PageProps<'/visits/[visitId]'>) {
  const ctx = await staffPage('queue:read');
  const visit = await load(openVisit(ctx, (await params).visitId));
  const [patient, allergies, appointment] = await load(
    Promise.all([
      getPatient(ctx, visit.patientId),
      findAllergies(ctx, visit.patientId),
      visit.appointmentId && ctx.can('appointments:read') ? getAppointment(ctx, visit.appointmentId) : null,
    ]),
  );
  const { sheet } = sheetQuery.parse(await searchParams);
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
            <Suspense fallback={<Skeleton className="h-28" />}>
              <PatientHistory ctx={ctx} patientId={patient.id} />
            </Suspense>
            <Suspense fallback={<Skeleton className="h-96" />}>
              <TheExamination ctx={ctx} visit={visit} reason={reason} sheet={sheet} />
            </Suspense>
            {ctx.can('prescriptions:read') ? (
              <Suspense fallback={<Skeleton className="h-40" />}>
                <Prescriptions ctx={ctx} visit={visit} />
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
          {ctx.can('visits:write') ? (
            <Suspense fallback={<Skeleton className="h-28" />}>
              <FromDevice ctx={ctx} visitId={visit.id} patient={patient} />
            </Suspense>
          ) : null}
          {ctx.can('files:read') ? (
            <Suspense fallback={<Skeleton className="h-40" />}>
              <PatientDocuments ctx={ctx} patientId={patient.id} visitId={visit.id} />
            </Suspense>
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

async function TheExamination({
  ctx,
  visit,
  reason,
  sheet,
}: {
  ctx: TenantContext;
  visit: VisitDetails;
  reason: string;
  /** The template that was chosen by hand. */
  sheet: string;
}) {
  const [examination, versions, all, record, templates] = await load(
    Promise.all([
      findExamination(ctx, visit.id),
      listExaminationVersions(ctx, visit.id),
      listExaminationsOfPatient(ctx, visit.patientId),
      findEyeRecord(ctx, visit.patientId),
      listTemplates(ctx),
    ]),
  );
  const { country } = ctx.organization;
  const others = all.filter(({ visitId }) => visitId !== visit.id);
  const kinds = kindsOf({
    hasEarlier: others.some(({ day }) => day <= visit.day),
    ageYears: ageInYears(visit.dateOfBirth, visit.day),
    problems: record.problems.flatMap(({ code, resolved }) => (code && !resolved ? [code] : [])),
    reason,
  });
  const fitting = templateFor(templates, kinds);
  const template = sheet === WHOLE ? undefined : (templates.find(({ id }) => id === sheet) ?? fitting);
  return (
    <>
      {templates.length > 0 ? <SheetChoice templates={templates} fitting={fitting} /> : null}
      <ExaminationSections
        layout={template ?? null}
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
      <ExaminationVersions versions={versions} country={country} timeZone={ctx.timeZone} />
      {others.length > 0 ? (
        <ExaminationHistory title="All examinations" examinations={all} country={country} record={record} />
      ) : null}
    </>
  );
}

async function FromDevice({
  ctx,
  visitId,
  patient,
}: {
  ctx: TenantContext;
  visitId: string;
  patient: Patient;
}) {
  const examination = await load(findExamination(ctx, visitId));
  const { number, name, dateOfBirth, isBirthEstimated, sex } = patient;
  return (
    <DeviceDrop
      visitId={visitId}
      version={examination?.measurementsVersion ?? 0}
      patient={{ number, name, dateOfBirth, isBirthEstimated, sex }}
    />
  );
}

async function Prescriptions({ ctx, visit }: { ctx: TenantContext; visit: VisitDetails }) {
  const [prescriptions, glasses] = await load(
    Promise.all([listPrescriptionsOfVisit(ctx, visit.id), listSpectaclesOfPatient(ctx, visit.patientId)]),
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
    </>
  );
}
