import { absenceChange, scheduleChange, scheduleEnd } from '@/features/frontdesk/rebookings/change';
import { previewChange } from '@/features/frontdesk/rebookings/queries';
import { getWeek } from '@/features/frontdesk/schedules/queries';
import { absenceInput, type ScheduleInput, scheduleInput } from '@/features/frontdesk/schedules/schema';
import { branchFor } from '@/features/identity/branches/service';
import { staffRoute } from '@/lib/actions/staff';
import { AppError } from '@/lib/errors';
import type { TenantContext } from '@/lib/tenancy/context';

const MOST_SHOWN = 100;

/** Whom a form of hours or of leave would leave without a time; a form that is not right yet is refused. */
export const GET = staffRoute('schedules:write', async (ctx, request) => {
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  const change =
    typeof asked.scheduleId === 'string'
      ? scheduleEnd(await getWeek(ctx, asked.scheduleId))
      : 'hours1' in asked
        ? weekChange(ctx, parsed(scheduleInput.safeParse(asked)))
        : // The reason stays out of addresses, and changes nothing here.
          absenceChange(parsed(absenceInput.safeParse({ ...asked, reason: 'Away' })));
  const { left, seen } = await previewChange(ctx, change);
  return Response.json({
    seen,
    count: left.length,
    left: left.slice(0, MOST_SHOWN).map(({ id, patientName, patientNumber, doctorName, day, time }) => ({
      ...{ id, patientName, patientNumber, doctorName, day, time },
    })),
  });
});

const weekChange = (ctx: TenantContext, input: ScheduleInput) =>
  scheduleChange(input, branchFor(ctx, input.branchId).id);

function parsed<T>(result: { success: true; data: T } | { success: false }): T {
  if (!result.success) throw new AppError('INVALID_INPUT', 'Fill in the form first.');
  return result.data;
}
