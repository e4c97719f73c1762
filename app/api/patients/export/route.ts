import { eachPatient } from '@/features/patients/patients/queries';
import { staffRoute } from '@/lib/actions/staff';
import { recordAudit } from '@/lib/audit/record';
import { csvLine, csvResponse } from '@/lib/csv';
import type { TenantContext } from '@/lib/tenancy/context';
import { dayOf, today } from '@/lib/time';

const HEADINGS = [
  'Number',
  'First name',
  'Last name',
  'Sex',
  'Date of birth',
  'Birth estimated',
  'Phone',
  'Second number',
  'Email',
  'Address',
  'City',
  'Guardian',
  'Active',
  'Registered',
  'Last visit',
];

/** All patients as CSV, streamed. Days are those of the organization's time zone. */
export const GET = staffRoute('patients:read', async (ctx) => {
  await recordAudit(ctx, { action: 'patient.export' });
  return csvResponse(`patients-${today(ctx.timeZone)}.csv`, lines(ctx));
});

async function* lines(ctx: TenantContext): AsyncGenerator<string> {
  const day = (instant: string | null) => (instant ? dayOf(new Date(instant), ctx.timeZone) : '');
  yield csvLine(HEADINGS);
  for await (const one of eachPatient(ctx)) {
    yield csvLine([
      one.number,
      one.firstName,
      one.lastName,
      one.sex,
      one.dateOfBirth,
      one.isBirthEstimated ? 'yes' : 'no',
      one.phone,
      one.alternatePhone,
      one.email,
      one.address,
      one.city,
      one.guardianName,
      one.isActive ? 'yes' : 'no',
      day(one.registeredAt),
      day(one.lastVisitAt),
    ]);
  }
}
