import 'server-only';
import { listStranded, proposeTimes } from '@/features/frontdesk/appointments/queries';
import { readPlans } from '@/features/frontdesk/schedules/queries';
import { SUMMARY_FIELDS, toPatientSummary } from '@/features/patients/patients/dto';
import { patientModel } from '@/features/patients/patients/model';
import { noteShown } from '@/lib/audit/shown';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { effectOf, type PlanChange } from './change';

/** Whom a change would leave without their time, before it is made; `seen` goes with the change. */
export async function previewChange(ctx: TenantContext, change: PlanChange, now = new Date()) {
  const before = await readPlans(ctx, {
    ...(change.doctorId ? { doctorIds: [change.doctorId] } : {}),
    since: today(ctx.timeZone, now),
  });
  const { left, seen } = await effectOf(ctx, change, before, now);
  return { left, seen };
}

/**
 * Patients whose doctor is not there any more at their time, with how to reach them and the next free time
 * of the same doctor. At most 50, the soonest first.
 */
export async function listToCall(ctx: TenantContext, now = new Date()) {
  const appointments = await listStranded(ctx, now);
  const ids = [...new Set(appointments.map(({ patientId }) => patientId))];
  const [rows, proposals] = await Promise.all([
    patientModel(ctx)
      .find({ _id: op({ $in: ids.map((id) => objectId(id)) }) })
      .select(SUMMARY_FIELDS)
      .lean(),
    proposeTimes(ctx, appointments, now),
  ]);
  await noteShown(ctx, ids);
  const patients = new Map(rows.map((row) => [row._id.toString(), toPatientSummary(row)]));
  return appointments.map((appointment) => {
    const { phone = '', isActive = true } = patients.get(appointment.patientId) ?? {};
    // Nobody rings the family of somebody who has died to ask for another time.
    const isToBeAsked = isActive;
    return {
      ...{ appointment, isToBeAsked, phone: isToBeAsked ? phone : '' },
      proposal: isToBeAsked ? (proposals.get(appointment.id) ?? null) : null,
    };
  });
}
export type PatientToCall = Awaited<ReturnType<typeof listToCall>>[number];
