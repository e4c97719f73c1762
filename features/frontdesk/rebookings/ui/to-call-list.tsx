'use client';
import { ActionButton } from '@/components/forms/action-button';
import { buttonClass } from '@/components/ui/button';
import Link from '@/components/ui/link';
import { moveAppointmentAction } from '@/features/frontdesk/appointments/actions';
import { appointmentsHref } from '@/features/frontdesk/appointments/ui/addresses';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { formatDay } from '@/lib/time';
import type { PatientToCall } from '../queries';

/** Who is to be called, each with the next free time and one press to move there. */
export function ToCallList({ patients }: { patients: readonly PatientToCall[] }) {
  return (
    <ul aria-label="Patients to call">
      {patients.map(({ appointment, isToBeAsked, phone, proposal }) => {
        const { id, patientId, patientName, patientNumber, doctorId, doctorName, day, time } = appointment;
        return (
          <li
            key={id}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-border border-t px-4 py-3 text-sm first:border-t-0 sm:px-5"
          >
            <div className="min-w-0">
              <p className="font-medium text-text">
                <Link href={paths.patient(patientId)} className="hover:underline">
                  {patientName}
                </Link>
                <span className="font-normal text-text-muted">, {patientNumber}</span>
              </p>
              <p className="text-[0.8125rem] text-text-muted">
                {formatDay(day)} at {time} with {doctorName}
              </p>
              <p className="text-[0.8125rem]">
                {phone ? (
                  <a
                    href={`tel:${phone.replace(/[^\d+]/g, '')}`}
                    className="text-accent tabular-nums underline"
                  >
                    {phone}
                  </a>
                ) : (
                  <span className="text-text-muted">
                    {isToBeAsked ? 'No phone number' : 'The record is inactive: cancel it, do not call.'}
                  </span>
                )}
              </p>
            </div>
            <div className="no-print flex flex-wrap gap-2">
              {proposal ? (
                <ActionButton
                  action={moveAppointmentAction}
                  variant="primary"
                  size="sm"
                  aria-label={`Move ${patientName} to ${formatDay(proposal.day)} at ${proposal.time}`}
                  fields={{
                    appointmentId: id,
                    doctorId,
                    date: proposal.day,
                    time: proposal.time,
                    durationMinutes: String(appointment.durationMinutes),
                    version: String(appointment.version),
                  }}
                >
                  Move to {formatDay(proposal.day)} at {proposal.time}
                </ActionButton>
              ) : null}
              <Link
                href={withQuery(appointmentsHref({ date: day }), { open: id })}
                aria-label={`Another time for ${patientName}, or cancel`}
                className={buttonClass({ size: 'sm' })}
              >
                Another time, or cancel
              </Link>
            </div>
            {proposal ? (
              <p className="hidden w-full text-[0.8125rem] print:block">
                Next free: {formatDay(proposal.day)} at {proposal.time}
              </p>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
