import type { Metadata } from 'next';
import { Suspense } from 'react';
import { PatientDocuments } from '@/app/(clinic)/_shell/patient-documents';
import { askedText, PatientHead } from '@/app/(clinic)/_shell/patient-head';
import { allergiesOf, documentsOf, examinationOf } from '@/app/(clinic)/_shell/read-once';
import { ActionButton } from '@/components/forms/action-button';
import { Badge } from '@/components/ui/badge';
import { Button, buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
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
import { openVisit } from '@/features/frontdesk/queue/queries';
import { EntryActions } from '@/features/frontdesk/queue/ui/entry-actions';
import { AllergiesSection } from '@/features/patients/allergies/ui/allergies-section';
import type { Patient } from '@/features/patients/patients/dto';
import { getPatient } from '@/features/patients/patients/queries';
import { readDocument } from '@/features/record/devices/queries';
import { readingsQuery } from '@/features/record/devices/schema';
import { DeviceDrop } from '@/features/record/devices/ui/device-drop';
import { sheetQuery } from '@/features/record/templates/schema';
import { load, staffPage } from '@/lib/actions/staff';
import { isAppError } from '@/lib/errors';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { dayOf, formatDay, timeOf, today } from '@/lib/time';

import { SeeAgain } from './see-again';
import { VisitRecord } from './visit-record';

export const metadata: Metadata = { title: 'Visit' };

export default async function VisitPage({ params, searchParams }: PageProps<'/visits/[visitId]'>) {
  const ctx = await staffPage('queue:read');
  const visit = await load(openVisit(ctx, (await params).visitId));
  const [patient, allergies, appointment] = await load(
    Promise.all([
      getPatient(ctx, visit.patientId),
      allergiesOf(ctx, visit.patientId),
      visit.appointmentId && ctx.can('appointments:read') ? getAppointment(ctx, visit.appointmentId) : null,
    ]),
  );
  const query = await searchParams;
  const { sheet } = sheetQuery.parse(query);
  const { readings } = readingsQuery.parse(query);
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
              <Icon of="ticket" /> Print token
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
        {canRead ? <VisitRecord ctx={ctx} visit={visit} reason={reason} sheet={sheet} /> : null}
        <div className={`grid min-w-0 items-start gap-5 ${canRead ? '' : 'lg:grid-cols-2'}`}>
          {ctx.can('patients:read') ? (
            <AllergiesSection
              patientId={patient.id}
              allergies={allergies}
              asked={askedText(allergies.asked, ctx.timeZone)}
              canWrite={ctx.can('patients:write')}
            />
          ) : null}
          {canRead && ctx.can('appointments:write') ? (
            <Suspense fallback={null}>
              <SeeAgain ctx={ctx} visit={visit} />
            </Suspense>
          ) : null}
          {ctx.can('visits:write') ? (
            <Suspense fallback={<Skeleton className="h-28" />}>
              <FromDevice ctx={ctx} visitId={visit.id} patient={patient} readings={readings} sheet={sheet} />
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

const DOCUMENTS_SHOWN = 5;

const orNothingFound = (error: unknown): null => {
  if (isAppError(error) && error.code === 'NOT_FOUND') return null;
  throw error;
};

async function FromDevice({
  ctx,
  visitId,
  patient,
  readings,
  sheet,
}: {
  ctx: TenantContext;
  visitId: string;
  patient: Patient;
  readings: string | undefined;
  sheet: string;
}) {
  const [examination, files, open] = await load(
    Promise.all([
      examinationOf(ctx, visitId),
      ctx.can('files:read') ? documentsOf(ctx, patient.id) : [],
      // One that was deleted meanwhile, or has no values, is not shown; the page is.
      readings ? readDocument(ctx, visitId, readings).catch(orNothingFound) : null,
    ]),
  );
  const { number, name, dateOfBirth, isBirthEstimated, sex } = patient;
  return (
    <DeviceDrop
      visitId={visitId}
      version={examination?.measurementsVersion ?? 0}
      patient={{ number, name, dateOfBirth, isBirthEstimated, sex }}
      sheet={sheet}
      documents={files
        .filter(({ measures }) => measures > 0)
        .slice(0, DOCUMENTS_SHOWN)
        .map(({ id, name: title, measures, takenOn, uploadedAt }) => ({
          ...{ id, name: title, measures },
          day: formatDay(takenOn ?? dayOf(new Date(uploadedAt), ctx.timeZone)),
        }))}
      open={open}
    />
  );
}
