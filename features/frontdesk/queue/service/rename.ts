import 'server-only';
import { appointmentModel } from '@/features/frontdesk/appointments/model';
import { patientModel } from '@/features/patients/patients/model';
import { objectId, op } from '@/lib/mongo';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { queueEntryModel, queueStateModel, visitModel } from '../model';

/**
 * Appointments and visits hold the person as known when they were made, so that lists need no second read:
 * writes them as they are known now. Twice is as once.
 */
export async function writePerson(scope: { db: TenantDatabase }, patientId: string): Promise<void> {
  const _id = objectId(patientId, 'patient');
  const person = await patientModel(scope)
    .findById(_id)
    .select('firstName lastName number sex dateOfBirth')
    .lean();
  if (!person) return;
  const { firstName, lastName, number, sex, dateOfBirth } = person;
  const name = [firstName, lastName].filter(Boolean).join(' ');
  const patient = { name, number, sex, dateOfBirth };
  const visits = await visitModel(scope).find({ patientId: _id }).select('_id').lean();
  const ofVisits = { visitId: op({ $in: visits.map((visit) => visit._id) }) };
  await appointmentModel(scope).updateMany(
    { patientId: _id },
    { $set: { patientName: name, patientNumber: number } },
  );
  await queueEntryModel(scope).updateMany(ofVisits, { $set: { patient } });
  await visitModel(scope).updateMany({ patientId: _id }, { $set: { patient } });
  // The live queue and the board read again.
  await queueStateModel(scope).updateMany({}, { $inc: { version: 1 } });
}
