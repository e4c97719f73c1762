import type { Metadata } from 'next';
import { May } from '@/components/layout/may';
import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { getStatus, listMeasurements } from '@/features/fleet/status/queries';
import { countSubscribers } from '@/features/fleet/status/subscribers';
import { NewIncident, UpdateIncident } from '@/features/fleet/status/ui/incident-forms';
import { IncidentCard } from '@/features/fleet/status/ui/incident-list';
import { MeasurementList } from '@/features/fleet/status/ui/measurement-list';
import { platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { counted } from '@/lib/words';

export const metadata: Metadata = { title: 'Status page' };

export default async function PlatformStatusPage() {
  const ctx = await platformPage('status:read');
  const [{ open, planned, past }, measurements, subscribers] = await Promise.all([
    load(getStatus()),
    load(listMeasurements(ctx)),
    load(countSubscribers()),
  ]);
  return (
    <>
      <PageHeader
        title="Status page"
        description={`What everybody can read of how the product does. ${counted(subscribers, 'reader')} by mail.`}
        actions={
          <>
            <Link href={paths.status} className={buttonClass()}>
              Open the public page
            </Link>
            <May to="status:write">
              <NewIncident />
            </May>
          </>
        }
      />
      <div className="grid gap-4">
        <MeasurementList measurements={measurements} />
        {open.length === 0 && planned.length === 0 && past.length === 0 ? (
          <Card>
            <EmptyState title="No incident in 90 days">
              When something is wrong, say so before customers ask.
            </EmptyState>
          </Card>
        ) : null}
        {open.map((incident) => (
          <IncidentCard key={incident.id} incident={incident}>
            <May to="status:write">
              <UpdateIncident incidentId={incident.id} />
            </May>
          </IncidentCard>
        ))}
        {planned.map((incident) => (
          <IncidentCard key={incident.id} incident={incident} isPlanned>
            <May to="status:write">
              <UpdateIncident incidentId={incident.id} />
            </May>
          </IncidentCard>
        ))}
        {past.map((incident) => (
          <IncidentCard key={incident.id} incident={incident} />
        ))}
      </div>
    </>
  );
}
