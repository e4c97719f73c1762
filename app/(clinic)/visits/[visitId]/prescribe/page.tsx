import type { Metadata } from 'next';
import { Alert } from '@/components/ui/alert';
import { PageHeader } from '@/components/ui/page-header';
import { openVisit } from '@/features/frontdesk/queue/queries';
import { medicinesNow } from '@/features/record/prescriptions/policy';
import {
  listPrescriptionSets,
  listPrescriptionsOfPatient,
  safetyFactsOf,
} from '@/features/record/prescriptions/queries';
import { PrescriptionSheet } from '@/features/record/prescriptions/ui/prescription-sheet';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { formatDay, today } from '@/lib/time';

export const metadata: Metadata = { title: 'Prescribe medicines' };

export default async function PrescribePage({ params }: PageProps<'/visits/[visitId]/prescribe'>) {
  const ctx = await staffPage('prescriptions:write');
  const visit = await load(openVisit(ctx, (await params).visitId));
  const [all, sets, facts] = await load(
    Promise.all([
      listPrescriptionsOfPatient(ctx, visit.patientId),
      listPrescriptionSets(ctx),
      safetyFactsOf(ctx, visit.patientId),
    ]),
  );
  const day = today(ctx.timeZone);
  const own = all.find(({ visitId, status }) => visitId === visit.id && status !== 'cancelled') ?? null;
  const others = all.filter(({ id }) => id !== own?.id);
  const last = others.find(({ status, lines }) => status === 'active' && lines.length > 0);
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: 'Queue', href: paths.queue },
          { label: `Token ${visit.token}`, href: paths.visit(visit.id) },
          { label: 'Medicines' },
        ]}
        title={`Prescribe for ${visit.patientName}`}
        description={`${visit.patientNumber}, ${formatDay(visit.day)}`}
      />
      <div className="grid max-w-4xl gap-5">
        {facts.allergies.length > 0 ? (
          <Alert tone="danger" title="Allergies">
            {facts.allergies.map(({ substance }) => substance).join(', ')}
          </Alert>
        ) : null}
        <PrescriptionSheet
          visitId={visit.id}
          today={day}
          prescription={own}
          last={last ? { day: last.day, lines: last.lines } : null}
          now={medicinesNow(others, day)}
          sets={sets}
          facts={facts}
        />
      </div>
    </>
  );
}
