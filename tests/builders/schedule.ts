import { absenceChange, scheduleChange } from '@/features/frontdesk/rebookings/change';
import { previewChange } from '@/features/frontdesk/rebookings/queries';
import { addAbsence, saveSchedule } from '@/features/frontdesk/rebookings/service';
import { addAbsenceInput, saveScheduleInput } from '@/features/frontdesk/schedules/schema';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';

/** Whom it leaves has been seen: it is entered also where somebody is booked. */
type Seen = { isSeen?: boolean };
type WeekFacts = Seen &
  Partial<
    Record<'branchId' | 'fromDay' | 'hours' | 'breaks' | 'slotMinutes' | 'capacity' | 'walkInPercent', string>
  >;

/** Hours of a doctor on each day from yesterday on. What is not given: 09:00-12:00, 15 minutes, one each. */
export async function aSchedule(ctx: TenantContext, doctorId: string, facts: WeekFacts = {}) {
  const { fromDay = shiftDay(today(ctx.timeZone), -1), hours = '9-12', isSeen, ...rest } = facts;
  const days = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((weekday) => [`hours${weekday}`, hours]));
  const input = saveScheduleInput.omit({ version: true }).parse({
    ...{ doctorId, fromDay, slotMinutes: '15', capacity: '1', walkInPercent: '0' },
    ...days,
    ...rest,
  });
  const { seen } = isSeen
    ? await previewChange(ctx, scheduleChange(input, input.branchId ?? ctx.branch.id))
    : input;
  return saveSchedule(ctx, { ...input, seen });
}

type AbsenceFacts = Seen &
  Partial<Record<'branchId' | 'toDay' | 'from' | 'to' | 'reason' | 'seen', string>> & {
    doctorId: string;
    fromDay: string;
  };

/** Leave of a doctor, or of `all` a holiday. */
export async function anAbsence(ctx: TenantContext, { isSeen, ...facts }: AbsenceFacts) {
  const input = addAbsenceInput.parse({ toDay: facts.fromDay, ...facts });
  const { seen } = isSeen ? await previewChange(ctx, absenceChange(input)) : input;
  return addAbsence(ctx, { ...input, seen });
}
