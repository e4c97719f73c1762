import type { z } from 'zod';
import { checkInInput } from '@/features/frontdesk/queue/schema';
import { type CheckedIn, checkIn } from '@/features/frontdesk/queue/service/check-in';
import type { TenantContext } from '@/lib/tenancy/context';
import { aPatient } from './patient';

type Facts = Partial<z.input<typeof checkInInput>>;

/** A visit that began with a check-in at `at`, of a new patient where none is given. */
export async function aVisit(ctx: TenantContext, facts: Facts = {}, at?: Date): Promise<CheckedIn['visit']> {
  const patientId = facts.patientId ?? (await aPatient(ctx)).id;
  return (await checkIn(ctx, checkInInput.parse({ ...facts, patientId }), at)).visit;
}
