import type { Metadata } from 'next';
import Link from 'next/link';
import { appointmentsHref } from '@/components/appointments/addresses';
import { AppointmentSlip } from '@/components/appointments/appointment-slip';
import { PrintButton } from '@/components/appointments/print-button';
import { buttonClass } from '@/components/ui/button';
import { load, staffPage } from '@/lib/actions/staff';
import { getAppointment } from '@/lib/features/appointments/queries';
import { listDoctors } from '@/lib/features/staff/directory';

export const metadata: Metadata = { title: 'Appointment slip' };

export default async function AppointmentSlipPage({ params }: PageProps<'/appointments/[id]/slip'>) {
  const ctx = await staffPage('appointments:read');
  const { id } = await params;
  const [appointment, doctors] = await load(Promise.all([getAppointment(ctx, id), listDoctors(ctx)]));
  const room = doctors.find((doctor) => doctor.id === appointment.doctorId)?.room ?? null;
  return (
    <div className="grid gap-6">
      <div className="no-print flex flex-wrap justify-between gap-2">
        <Link href={appointmentsHref({ date: appointment.day })} className={buttonClass()}>
          Back to the day
        </Link>
        <PrintButton />
      </div>
      <AppointmentSlip appointment={appointment} organizationName={ctx.organization.name} room={room} />
    </div>
  );
}
