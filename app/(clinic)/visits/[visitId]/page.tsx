import type { Metadata } from 'next';
import Link from 'next/link';
import { ActionButton } from '@/components/forms/action-button';
import { EntryActions } from '@/components/queue/entry-actions';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { PageHeader } from '@/components/ui/page-header';
import { Timeline } from '@/components/ui/timeline';
import { load, staffPage } from '@/lib/actions/staff';
import { reopenVisitAction } from '@/lib/features/queue/actions';
import {
  durationText,
  isOpen,
  minutesBetween,
  PRIORITY_LABEL,
  STATION_LABEL,
  STEP_LABEL,
  VISIT_LABEL,
} from '@/lib/features/queue/policy';
import { openVisit } from '@/lib/features/queue/queries';
import { paths } from '@/lib/paths';
import { formatDay, timeOf, today } from '@/lib/time';

export const metadata: Metadata = { title: 'Visit' };

export default async function VisitPage({ params }: PageProps<'/visits/[visitId]'>) {
  const ctx = await staffPage('queue:read');
  const visit = await load(openVisit(ctx, (await params).visitId));
  const now = new Date(visit.now).getTime();
  const current = visit.steps.find(({ status }) => isOpen(status));
  const clock = (instant: string | null) => (instant ? timeOf(new Date(instant), ctx.timeZone) : '');
  const canWrite = ctx.can('queue:write');
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Queue', href: paths.queue }, { label: `Token ${visit.token}` }]}
        title={visit.patientName}
        badge={
          <Badge tone={visit.status === 'in-progress' ? 'accent' : 'neutral'}>
            {VISIT_LABEL[visit.status]}
          </Badge>
        }
        description={`${visit.patientNumber}, ${formatDay(visit.day)}, token ${visit.token}`}
        actions={
          <>
            <Button asChild>
              <Link href={paths.patient(visit.patientId)}>Open the patient</Link>
            </Button>
            {canWrite && current ? <EntryActions entry={current} /> : null}
            {canWrite && !current && visit.day === today(ctx.timeZone) ? (
              <ActionButton action={reopenVisitAction} fields={{ visitId: visit.id }}>
                Open again
              </ActionButton>
            ) : null}
          </>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
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
            columns={2}
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
    </>
  );
}
