'use client';
import { clsx } from 'clsx';
import { useEffect, useRef } from 'react';
import { useFormProgress, useFormState } from '@/components/forms/form-context';
import { FormField, useField } from '@/components/forms/form-field';
import { sayTyped } from '@/components/forms/text-file-field';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { Skeleton } from '@/components/ui/skeleton';
import { DURATIONS_MINUTES } from '@/features/frontdesk/schedules/policy';
import type { NamedBranch } from '@/features/identity/branches/ui/branch-field';
import { minutesOf, readTime } from '@/lib/clock';
import { formatDay } from '@/lib/time';
import type { SlotControls } from './use-slot';

export type DoctorChoice = { id: string; name: string };

const lengths = DURATIONS_MINUTES.map((minutes) => ({ value: String(minutes), label: `${minutes} minutes` }));

/** Branch, doctor, date, time and length, with the free times to choose from. */
export function SlotFields({
  slot,
  doctors,
  branches,
  today,
  patientName,
  canOverbook,
}: {
  slot: SlotControls;
  doctors: readonly DoctorChoice[];
  /** Where the person may book; with one alone nothing is asked. */
  branches: readonly NamedBranch[];
  today: string;
  patientName?: string | undefined;
  canOverbook: boolean;
}) {
  const doctor = useField('doctorId', 'Doctor');
  const branch = useField('branchId', 'Branch');
  const date = useField('date', 'Date');
  const time = useField('time', 'Time');
  const length = useField('durationMinutes', 'Length');
  // Its own field is shown once it is asked for, which the server may do first.
  const reason = useField('overbookReason', 'Why outside of free times');
  const timeInput = useRef<HTMLInputElement>(null);
  const { restored } = useFormState();
  const { state } = useFormProgress();
  const { restore, refused } = slot;
  useEffect(() => {
    if (restored) restore(restored);
  }, [restored, restore]);
  useEffect(() => {
    if (state.status === 'invalid' || state.status === 'error') refused();
  }, [state, refused]);

  const pick = (value: string) => {
    slot.setTime(value);
    // The form around takes away what was wrong with a field once it is typed in.
    sayTyped(timeInput.current);
  };

  return (
    <>
      {branches.length > 1 ? (
        <Field label="Branch" id={branch.id} error={branch.error} required>
          {(control) => (
            <Select
              {...control}
              name="branchId"
              options={branches.map(({ id, name }) => ({ value: id, label: name }))}
              value={slot.branchId}
              onChange={(event) => slot.setBranchId(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      <Field label="Doctor" id={doctor.id} error={doctor.error} required>
        {(control) => (
          <Select
            {...control}
            name="doctorId"
            placeholder="Choose a doctor"
            options={doctors.map(({ id, name }) => ({ value: id, label: name }))}
            value={slot.doctorId}
            onChange={(event) => slot.setDoctorId(event.target.value)}
          />
        )}
      </Field>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(10rem,1fr))] gap-x-4 gap-y-5">
        <Field
          label="Date"
          id={date.id}
          error={date.error}
          // The box has the browser's order of day and month; this cannot be misread.
          help={/^20\d\d-\d\d-\d\d$/.test(slot.date) ? formatDay(slot.date) : undefined}
          required
        >
          {(control) => (
            <Input
              {...control}
              type="date"
              name="date"
              min={today}
              value={slot.date}
              onChange={(event) => slot.setDate(event.target.value)}
            />
          )}
        </Field>
        <Field label="Time" id={time.id} error={time.error} required>
          {(control) => (
            <Input
              {...control}
              ref={timeInput}
              // Not the browser's own: on many computers it has twelve hours, beside free times of 24.
              type="text"
              inputMode="numeric"
              autoComplete="off"
              placeholder="09:30"
              maxLength={10}
              name="time"
              value={slot.time}
              onChange={(event) => slot.setTime(event.target.value)}
              onFocus={slot.beginTyping}
              onBlur={(event) => {
                const read = readTime(event.target.value);
                if (read && read !== slot.time) slot.setTime(read);
                slot.endTyping();
              }}
            />
          )}
        </Field>
        <Field label="Length" id={length.id} error={length.error}>
          {(control) => (
            <Select
              {...control}
              name="durationMinutes"
              options={lengths}
              value={String(slot.durationMinutes)}
              onChange={(event) => slot.setDuration(Number(event.target.value))}
            />
          )}
        </Field>
      </div>
      <FreeTimes slot={slot} onPick={pick} />
      {canOverbook && (slot.isOutside || reason.error) ? (
        <FormField
          name="overbookReason"
          label="Why outside of free times"
          help="Asked for where the doctor is away, not working, or fully booked."
          maxLength={200}
          autoComplete="off"
        />
      ) : null}
      {slot.clash ? (
        <Alert tone="warning" title="Two appointments at once" live>
          {patientName ?? 'This patient'} already has {slot.clash.time} to {slot.clash.endTime} with{' '}
          {slot.clash.doctorName}. You can book anyway.
        </Alert>
      ) : null}
    </>
  );
}

function FreeTimes({ slot, onPick }: { slot: SlotControls; onPick: (time: string) => void }) {
  const { state, times, next } = slot.free;
  if (state === 'idle') {
    return <p className="text-text-muted">Choose a doctor and a date to see what is free.</p>;
  }
  if (state === 'failed') {
    return (
      <Alert
        tone="warning"
        action={
          <Button size="sm" onClick={slot.retry}>
            Try again
          </Button>
        }
      >
        We could not read what is free. You can still type a time; a taken one is refused.
      </Alert>
    );
  }
  const halves = [
    { name: 'Morning', times: times.filter((time) => minutesOf(time) < 12 * 60) },
    { name: 'Afternoon', times: times.filter((time) => minutesOf(time) >= 12 * 60) },
  ].filter((half) => half.times.length > 0);
  return (
    <fieldset aria-busy={state === 'loading'} className="grid min-h-24 content-start gap-3">
      <legend className="mb-2 font-medium text-sm text-text">Free times</legend>
      {state === 'loading' && times.length === 0 ? <Skeleton className="h-20" /> : null}
      {state === 'ready' && times.length === 0 ? (
        <div className="flex flex-wrap items-center gap-3 text-text-muted">
          <p>
            {slot.free.note ? `${slot.free.note}. ` : ''}Nothing is free on this day within working hours.
          </p>
          {next ? (
            <Button
              size="sm"
              onClick={() => {
                slot.setDate(next.day);
                onPick(next.time);
              }}
            >
              {formatDay(next.day)} at {next.time}
            </Button>
          ) : null}
        </div>
      ) : null}
      {times.length > 0 && slot.free.note ? <p className="text-text-muted">{slot.free.note}</p> : null}
      {halves.map((half) => (
        <div key={half.name} className={clsx('grid gap-1.5', state === 'loading' && 'opacity-60')}>
          <p className="text-[0.8125rem] text-text-subtle">{half.name}</p>
          <div className="flex flex-wrap gap-1.5">
            {half.times.map((time) => (
              <button
                key={time}
                type="button"
                aria-pressed={time === slot.time}
                onClick={() => onPick(time)}
                className={clsx(
                  'h-8 rounded-md border px-2.5 text-[0.8125rem] tabular-nums transition-colors max-sm:h-11 max-sm:px-3.5',
                  time === slot.time
                    ? 'border-accent bg-accent text-accent-text'
                    : 'border-border bg-surface-raised text-text hover:border-border-strong',
                )}
              >
                {time}
              </button>
            ))}
          </div>
        </div>
      ))}
    </fieldset>
  );
}
