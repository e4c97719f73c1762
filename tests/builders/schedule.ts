import { addAbsence, saveSchedule } from '@/features/frontdesk/rebookings/service';
import { addAbsenceInput, saveScheduleInput } from '@/features/frontdesk/schedules/schema';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';

type WeekFacts = Partial<
  Record<'fromDay' | 'hours' | 'sunday' | 'breaks' | 'slotMinutes' | 'capacity' | 'walkInPercent', string>
> & { seen?: string };

/** Hours of a doctor on every day, from yesterday on. What is not given: 09:00-12:00, 15 minutes, one each. */
export async function aSchedule(ctx: TenantContext, doctorId: string, facts: WeekFacts = {}) {
  const { fromDay = shiftDay(today(ctx.timeZone), -1), hours = '9-12', sunday = hours, ...rest } = facts;
  const days = Object.fromEntries([1, 2, 3, 4, 5, 6].map((weekday) => [`hours${weekday}`, hours]));
  const { version: _version, ...input } = saveScheduleInput.parse({
    ...{ doctorId, fromDay, slotMinutes: '15', capacity: '1', walkInPercent: '0', hours7: sunday },
    ...days,
    ...rest,
    version: 'v'.repeat(22),
  });
  return saveSchedule(ctx, input);
}

/** Leave of a doctor, or of `all` a holiday. */
export const anAbsence = (
  ctx: TenantContext,
  facts: {
    doctorId: string;
    fromDay: string;
    toDay?: string;
    from?: string;
    to?: string;
    reason?: string;
    seen?: string;
  },
) => addAbsence(ctx, addAbsenceInput.parse({ toDay: facts.fromDay, ...facts }));
