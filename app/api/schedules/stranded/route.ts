import { absenceChange, scheduleChange, scheduleEnd } from '@/features/frontdesk/rebookings/change';
import { previewChange } from '@/features/frontdesk/rebookings/queries';
import { getWeek } from '@/features/frontdesk/schedules/queries';
import { absenceInput, scheduleInput } from '@/features/frontdesk/schedules/schema';
import { branchFor } from '@/features/identity/branches/service';
import { staffRoute } from '@/lib/actions/staff';
import type { TenantContext } from '@/lib/tenancy/context';

const MOST_SHOWN = 100;

/** Whom a form of hours or of leave would leave without a time; one that is not right yet leaves nobody. */
export const GET = staffRoute('schedules:write', async (ctx, request) => {
  const change = await changeOf(ctx, Object.fromEntries(new URL(request.url).searchParams));
  if (!change) return Response.json({ seen: '', count: 0, left: [] });
  const { left, seen } = await previewChange(ctx, change);
  return Response.json({
    seen,
    count: left.length,
    left: left.slice(0, MOST_SHOWN).map(({ id, patientName, patientNumber, doctorName, day, time }) => ({
      ...{ id, patientName, patientNumber, doctorName, day, time },
    })),
  });
});

async function changeOf(ctx: TenantContext, asked: Record<string, string>) {
  if (asked.scheduleId !== undefined) return scheduleEnd(await getWeek(ctx, asked.scheduleId));
  if ('hours1' in asked) {
    const { data: week } = scheduleInput.safeParse(asked);
    return week && scheduleChange(week, branchFor(ctx, week.branchId).id);
  }
  // The reason stays out of addresses, and changes nothing here.
  const { data: absence } = absenceInput.safeParse({ ...asked, reason: 'Away' });
  return absence && absenceChange(absence);
}
