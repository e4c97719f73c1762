import type { Metadata } from 'next';
import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { countStranded } from '@/features/frontdesk/appointments/queries';
import { PrintButton } from '@/features/frontdesk/appointments/ui/print-button';
import { listToCall } from '@/features/frontdesk/rebookings/queries';
import { ToCallList } from '@/features/frontdesk/rebookings/ui/to-call-list';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';

export const metadata: Metadata = { title: 'Patients to call' };

/** Whom a change of hours has left without their doctor, until each is moved or cancelled. */
export default async function RebookPage() {
  const ctx = await staffPage('appointments:write');
  const [patients, count] = await load(Promise.all([listToCall(ctx), countStranded(ctx)]));
  return (
    <>
      <PageHeader
        title="Patients to call"
        description={
          count > patients.length
            ? `The first ${patients.length} of ${count}: their doctor is not there any more at the time that was booked.`
            : 'Their doctor is not there any more at the time that was booked.'
        }
        breadcrumbs={[{ label: 'Appointments', href: paths.appointments }, { label: 'Patients to call' }]}
        actions={patients.length > 0 ? <PrintButton /> : null}
      />
      <Card>
        {patients.length === 0 ? (
          <EmptyState
            icon={<Icon of="phone-call" />}
            title="Nobody is to be called"
            action={
              <Link href={paths.appointments} className={buttonClass()}>
                Open appointments
              </Link>
            }
          >
            When leave, a holiday or other hours leave somebody without a time, they appear here.
          </EmptyState>
        ) : (
          <ToCallList patients={patients} />
        )}
      </Card>
    </>
  );
}
