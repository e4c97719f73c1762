import type { Metadata } from 'next';
import { buttonClass } from '@/components/ui/button';
import Link from '@/components/ui/link';
import { getAppointment } from '@/features/frontdesk/appointments/queries';
import { appointmentsHref } from '@/features/frontdesk/appointments/ui/addresses';
import { AppointmentSlip } from '@/features/frontdesk/appointments/ui/appointment-slip';
import { PrintButton } from '@/features/frontdesk/appointments/ui/print-button';
import { faceOf, getLetterhead, letterheadAt } from '@/features/identity/papers/queries';
import { FaceCard } from '@/features/identity/papers/ui/face-card';
import { listDoctors } from '@/features/identity/staff/directory';
import { load, staffPage } from '@/lib/actions/staff';

export const metadata: Metadata = { title: 'Appointment slip' };

export default async function AppointmentSlipPage({ params }: PageProps<'/appointments/[id]/slip'>) {
  const ctx = await staffPage('appointments:read');
  const { id } = await params;
  const [appointment, doctors, letterhead] = await load(
    Promise.all([getAppointment(ctx, id), listDoctors(ctx), getLetterhead(ctx)]),
  );
  const room = doctors.find((doctor) => doctor.id === appointment.doctorId)?.room ?? null;
  return (
    <div className="grid gap-6">
      <div className="no-print flex flex-wrap justify-between gap-2">
        <Link href={appointmentsHref({ date: appointment.day })} className={buttonClass()}>
          Back to the day
        </Link>
        <PrintButton />
      </div>
      <AppointmentSlip appointment={appointment} room={room}>
        <FaceCard face={faceOf(letterheadAt(ctx, letterhead, appointment.branchId))} />
      </AppointmentSlip>
    </div>
  );
}
