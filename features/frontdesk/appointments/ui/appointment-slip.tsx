import type { ReactNode } from 'react';
import { formatDay } from '@/lib/time';
import type { Appointment } from '../dto';

/** What a patient takes home. */
export function AppointmentSlip({
  appointment,
  room,
  children,
}: {
  appointment: Appointment;
  room: string | null;
  /** The head of the paper. */
  children: ReactNode;
}) {
  const rows = [
    ['Patient', `${appointment.patientName} (${appointment.patientNumber})`],
    ['Doctor', appointment.doctorName],
    ...(room ? [['Room', room]] : []),
    ...(appointment.reason ? [['Reason', appointment.reason]] : []),
  ];
  return (
    <article
      data-keep-together
      className="mx-auto grid w-full max-w-md gap-5 rounded-lg border border-border bg-surface-raised p-6 shadow-raised print:border print:shadow-none"
    >
      <header className="grid gap-3 border-border border-b pb-4">
        {children}
        <h1 className="text-center text-text-muted">Appointment</h1>
      </header>
      <p className="grid gap-0.5">
        <span className="font-semibold text-2xl text-text tabular-nums">{appointment.time}</span>
        <span className="font-medium text-base text-text">{formatDay(appointment.day)}</span>
      </p>
      <dl className="grid grid-cols-[6rem_1fr] gap-y-2">
        {rows.map(([label, value]) => (
          <div key={label} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-text-subtle">{label}</dt>
            <dd className="text-text">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="border-border border-t pt-4 text-[0.8125rem] text-text-muted">
        Please come ten minutes early and bring your glasses, your eye drops and earlier reports. If drops are
        put in to widen your pupils you should not drive for some hours.
      </p>
    </article>
  );
}
