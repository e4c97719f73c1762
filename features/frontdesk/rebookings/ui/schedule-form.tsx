'use client';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import type { DoctorWeek } from '@/features/frontdesk/schedules/dto';
import {
  DEFAULT_DURATION_MINUTES,
  DURATIONS_MINUTES,
  hoursOn,
  spansText,
  WEEKDAY_NUMBERS,
  WEEKDAYS,
} from '@/features/frontdesk/schedules/policy';
import { saveScheduleAction } from '../actions';
import { StrandedField } from './stranded-field';

const schema = async () => (await import('@/features/frontdesk/schedules/schema')).saveScheduleInput;
const lengths = DURATIONS_MINUTES.map((minutes) => ({ value: String(minutes), label: `${minutes} minutes` }));

/** A doctor's week from a day on; it begins with the one that holds now. */
export function ScheduleForm({
  doctor,
  branchId,
  week,
  version,
  fromDay,
}: {
  doctor: { id: string; name: string };
  branchId: string;
  week: DoctorWeek | null;
  version: string;
  fromDay: string;
}) {
  return (
    <ActionForm
      action={saveScheduleAction}
      schema={schema}
      label={`Hours of ${doctor.name}`}
      draft={{ form: 'schedule', of: `${doctor.id}-${branchId}`, version }}
    >
      <input type="hidden" name="doctorId" value={doctor.id} />
      <input type="hidden" name="branchId" value={branchId} />
      <FormField
        name="fromDay"
        label="From"
        type="date"
        help="What holds now stays until then."
        defaultValue={fromDay}
        fieldClassName="sm:max-w-52"
        required
      />
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
        {WEEKDAY_NUMBERS.map((weekday) => (
          <FormField
            key={weekday}
            name={`hours${weekday}`}
            label={WEEKDAYS[weekday]}
            placeholder={weekday === 7 ? 'Sees nobody' : '09:00-13:00, 14:00-17:00'}
            defaultValue={week ? hoursOn(week, weekday) : ''}
            maxLength={120}
            autoComplete="off"
          />
        ))}
      </div>
      <p className="flex flex-wrap gap-2">
        <Button size="sm" onClick={(event) => copyMonday(event.currentTarget, 5)}>
          As Monday, to Friday
        </Button>
        <Button size="sm" onClick={(event) => copyMonday(event.currentTarget, 6)}>
          As Monday, to Saturday
        </Button>
      </p>
      <FormField
        name="breaks"
        label="Breaks"
        help="On every day with hours"
        placeholder="11:00-11:15"
        defaultValue={week ? spansText(week.breaks) : ''}
        maxLength={120}
        autoComplete="off"
      />
      <div className="grid gap-5 sm:grid-cols-3">
        <FormSelect
          name="slotMinutes"
          label="Slot"
          options={lengths}
          defaultValue={String(week?.slotMinutes ?? DEFAULT_DURATION_MINUTES)}
          required
        />
        <FormField
          name="capacity"
          label="Patients in a slot"
          inputMode="numeric"
          defaultValue={week?.capacity ?? 1}
          required
        />
        <FormField
          name="walkInPercent"
          label="Kept for walk-ins"
          help="Not offered for booking"
          after="%"
          inputMode="numeric"
          defaultValue={week?.walkInPercent ?? 0}
          required
        />
      </div>
      <StrandedField />
      <FormActions>
        <SubmitButton pendingLabel="Saving">Save hours</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

/** Writes Monday's hours into the days up to another, as if somebody had typed them. */
function copyMonday(button: HTMLElement, last: number): void {
  const form = button.closest('form');
  const field = (weekday: number) => form?.elements.namedItem(`hours${weekday}`);
  const monday = field(1);
  if (!(monday instanceof HTMLInputElement)) return;
  for (let weekday = 2; weekday <= last; weekday++) {
    const input = field(weekday);
    if (!(input instanceof HTMLInputElement)) continue;
    input.value = monday.value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }
}
