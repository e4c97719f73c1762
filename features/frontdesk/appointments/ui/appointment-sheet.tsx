'use client';
import { type ReactNode, useState, useTransition } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField } from '@/components/forms/form-field';
import { runAction } from '@/components/forms/run-action';
import { Alert } from '@/components/ui/alert';
import { Button, buttonClass } from '@/components/ui/button';
import { DescriptionList } from '@/components/ui/description-list';
import { Dialog, SheetContent } from '@/components/ui/dialog';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import type { NamedBranch } from '@/features/identity/branches/ui/branch-field';
import type { FormAction } from '@/lib/action-result';
import { paths } from '@/lib/paths';
import { formatDay, formatInstant } from '@/lib/time';
import {
  cancelAppointmentAction,
  markNoShowAction,
  moveAppointmentAction,
  undoNoShowAction,
} from '../actions';
import type { Appointment } from '../dto';
import { canCancel, canCheckIn, canMarkNoShow, canMove, canUndoNoShow } from '../policy';
import { checkInHref, slipHref } from './addresses';
import { type DoctorChoice, SlotFields } from './slot-fields';
import { StatusBadge } from './status-badge';
import { useSlot } from './use-slot';

/** What an appointment's panel needs to know of the page around it. */
export type SheetFacts = {
  day: string;
  today: string;
  timeZone: string;
  doctors: readonly DoctorChoice[];
  branches: readonly NamedBranch[];
  canWrite: boolean;
  canCheckIn: boolean;
  /** May book outside of what is free, with a reason. */
  canOverbook: boolean;
};

type Part = 'details' | 'move' | 'cancel';

/** One appointment in a panel at the side: what it is, and what can be done with it. */
export function AppointmentSheet({
  appointment,
  facts,
  onClose,
}: {
  appointment: Appointment;
  facts: SheetFacts;
  onClose: () => void;
}) {
  const [part, setPart] = useState<Part>('details');
  const titles: Record<Part, ReactNode> = {
    details: appointment.patientName,
    move: `Move ${appointment.patientName}`,
    cancel: `Cancel ${appointment.patientName}`,
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <SheetContent
        title={titles[part]}
        description={`${formatDay(appointment.day)}, ${appointment.time} to ${appointment.endTime}, ${appointment.doctorName}`}
      >
        {part === 'details' ? (
          <Details appointment={appointment} facts={facts} onPart={setPart} />
        ) : part === 'move' ? (
          <MoveForm
            appointment={appointment}
            facts={facts}
            onBack={() => setPart('details')}
            onDone={onClose}
          />
        ) : (
          <CancelForm appointment={appointment} onBack={() => setPart('details')} onDone={onClose} />
        )}
      </SheetContent>
    </Dialog>
  );
}

function Details({
  appointment,
  facts,
  onPart,
}: {
  appointment: Appointment;
  facts: SheetFacts;
  onPart: (part: Part) => void;
}) {
  const { movedFrom } = appointment;
  return (
    <div className="grid gap-6">
      {appointment.isStranded ? (
        <Alert tone="warning" title="The doctor is not there at this time">
          The hours were changed after this was booked. Call the patient and move the appointment.
        </Alert>
      ) : null}
      <DescriptionList
        items={[
          { label: 'Status', value: <StatusBadge status={appointment.status} /> },
          {
            label: 'Patient',
            value: (
              <Link
                href={paths.patient(appointment.patientId)}
                className="text-accent underline underline-offset-4"
              >
                {appointment.patientName}, {appointment.patientNumber}
              </Link>
            ),
          },
          { label: 'Reason', value: appointment.reason },
          { label: 'Notes for staff', value: appointment.notes },
          ...(appointment.cancelReason ? [{ label: 'Why cancelled', value: appointment.cancelReason }] : []),
          ...(movedFrom
            ? [
                {
                  label: 'Moved from',
                  value: `${formatInstant(new Date(movedFrom.startsAt), facts.timeZone)}, ${movedFrom.doctorName}`,
                },
              ]
            : []),
          ...(appointment.overbookReason
            ? [{ label: 'Why outside of free times', value: appointment.overbookReason }]
            : []),
          { label: 'Booked by', value: appointment.bookedByName },
        ]}
      />
      <Actions appointment={appointment} facts={facts} onPart={onPart} />
    </div>
  );
}

function Actions({
  appointment,
  facts,
  onPart,
}: {
  appointment: Appointment;
  facts: SheetFacts;
  onPart: (part: Part) => void;
}) {
  const [pending, start] = useTransition();
  const [refusal, setRefusal] = useState<string | undefined>();
  const run = (action: FormAction<Appointment>) =>
    start(async () => setRefusal(await runAction(action, { appointmentId: appointment.id })));
  const { canWrite } = facts;
  return (
    <div className="grid gap-2">
      {refusal ? (
        <Alert tone="danger" live>
          {refusal}
        </Alert>
      ) : null}
      {facts.canCheckIn && canCheckIn(appointment, facts.today).allowed ? (
        <Link href={checkInHref(appointment)} className={buttonClass({ variant: 'primary' })}>
          <Icon of="log-in" />
          Check in
        </Link>
      ) : null}
      {canWrite && canMove(appointment).allowed ? (
        <Button onClick={() => onPart('move')}>
          <Icon of="calendar-clock" />
          Move
        </Button>
      ) : null}
      {canWrite && canMarkNoShow(appointment, new Date()).allowed ? (
        <Button pending={pending} onClick={() => run(markNoShowAction)}>
          <Icon of="user-x" />
          Mark no-show
        </Button>
      ) : null}
      {canWrite && canUndoNoShow(appointment).allowed ? (
        <Button pending={pending} onClick={() => run(undoNoShowAction)}>
          <Icon of="undo-2" />
          Undo no-show
        </Button>
      ) : null}
      <Link href={slipHref(appointment.id)} className={buttonClass()}>
        <Icon of="printer" />
        Print slip
      </Link>
      {canWrite && canCancel(appointment).allowed ? (
        <Button variant="ghost" className="text-danger hover:text-danger" onClick={() => onPart('cancel')}>
          <Icon of="calendar-x" />
          Cancel appointment
        </Button>
      ) : null}
    </div>
  );
}

const moveSchema = async () => (await import('../schema')).moveAppointmentInput;

function MoveForm({
  appointment,
  facts,
  onBack,
  onDone,
}: {
  appointment: Appointment;
  facts: SheetFacts;
  onBack: () => void;
  onDone: () => void;
}) {
  const { id, patientId, patientName, doctorId, branchId, day, time, durationMinutes, version } = appointment;
  const slot = useSlot({
    start: { doctorId, branchId, date: day < facts.today ? facts.today : day, time, durationMinutes },
    patientId,
    except: id,
    isTimeChosen: day >= facts.today,
    isDateChosen: day >= facts.today,
  });
  return (
    <ActionForm
      action={moveAppointmentAction}
      schema={moveSchema}
      onSuccess={onDone}
      label="Move"
      version={version}
    >
      <input type="hidden" name="appointmentId" value={id} />
      <SlotFields
        slot={slot}
        doctors={facts.doctors}
        branches={facts.branches}
        today={facts.today}
        patientName={patientName}
        canOverbook={facts.canOverbook}
      />
      <FormActions>
        <SubmitButton pendingLabel="Moving">Move appointment</SubmitButton>
        <Button onClick={onBack}>Back</Button>
      </FormActions>
    </ActionForm>
  );
}

const cancelSchema = async () => (await import('../schema')).cancelAppointmentInput;

function CancelForm({
  appointment,
  onBack,
  onDone,
}: {
  appointment: Appointment;
  onBack: () => void;
  onDone: () => void;
}) {
  return (
    <ActionForm
      action={cancelAppointmentAction}
      schema={cancelSchema}
      onSuccess={onDone}
      label="Cancellation"
    >
      <input type="hidden" name="appointmentId" value={appointment.id} />
      <p className="text-text-muted">
        The time becomes free for somebody else. The appointment stays in the record with your reason.
      </p>
      <FormField
        name="cancelReason"
        label="Why"
        list="cancel-reasons"
        maxLength={200}
        autoComplete="off"
        autoFocus
        required
      />
      <datalist id="cancel-reasons">
        <option value="Patient asked to cancel" />
        <option value="Doctor is away" />
        <option value="Booked by mistake" />
        <option value="Patient is unwell" />
      </datalist>
      <FormActions>
        <SubmitButton variant="danger" pendingLabel="Cancelling">
          Cancel appointment
        </SubmitButton>
        <Button onClick={onBack}>Keep it</Button>
      </FormActions>
    </ActionForm>
  );
}
