import { staffRoute } from '@/lib/actions/staff';
import { recordAudit } from '@/lib/audit/record';
import { csvLine, csvResponse } from '@/lib/csv';
import { eachPatient } from '@/lib/features/patients/queries';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';

/** All patients as CSV, streamed. */
export const GET = staffRoute('patients:read', async (ctx) => {
  await recordAudit(ctx, { action: 'patient.export' });
  return csvResponse(`patients-${today(ctx.timeZone)}.csv`, lines(ctx));
});

async function* lines(ctx: TenantContext): AsyncGenerator<string> {
  yield csvLine(['Number', 'First name', 'Last name', 'Sex', 'Date of birth', 'Phone', 'Email', 'City', 'Registered']);
  for await (const one of eachPatient(ctx)) {
    yield csvLine([one.number, one.firstName, one.lastName, one.sex, one.dateOfBirth, one.phone, one.email, one.city, one.registeredAt]);
  }
}
