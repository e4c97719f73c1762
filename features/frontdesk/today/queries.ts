import 'server-only';
import type { Appointment } from '@/features/frontdesk/appointments/dto';
import { countDay, listNext } from '@/features/frontdesk/appointments/queries';
import { type QueueSummary, queueSummary } from '@/features/frontdesk/queue/queries';
import { countRegisteredToday } from '@/features/patients/patients/queries';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, today as todayIn } from '@/lib/time';

const NEXT_SHOWN = 6;

export type Overview = {
  day: Day;
  /** Appointments of the day that were not cancelled, and those of them that are still expected. */
  appointments: { bookedToday: number; toCome: number } | null;
  newPatients: number | null;
  queue: QueueSummary | null;
  /** Booked and not over yet, in order of time. At most six. */
  next: Appointment[];
};

/**
 * The day in figures; null is what the person may not see. `doctorId` narrows the appointments to one
 * doctor's own.
 */
export async function getOverview(
  ctx: TenantContext,
  { doctorId, now = new Date() }: { doctorId?: string | undefined; now?: Date } = {},
): Promise<Overview> {
  const day = todayIn(ctx.timeZone, now);
  const [counts, next, queue, newPatients] = await Promise.all([
    ctx.can('appointments:read') ? countDay(ctx, day, doctorId) : null,
    ctx.can('appointments:read') ? listNext(ctx, day, { doctorId, now, limit: NEXT_SHOWN }) : [],
    ctx.can('queue:read') ? queueSummary(ctx, now) : null,
    ctx.can('patients:read') ? countRegisteredToday(ctx, now) : null,
  ]);
  return {
    day,
    appointments: counts && {
      bookedToday: counts.booked + counts['checked-in'] + counts.completed + counts['no-show'],
      toCome: counts.booked,
    },
    newPatients,
    queue,
    next,
  };
}
