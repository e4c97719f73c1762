import type { z } from 'zod';
import type { Patient } from '@/features/patients/patients/dto';
import { registerPatientInput } from '@/features/patients/patients/schema';
import { registerPatient } from '@/features/patients/patients/service';
import type { TenantContext } from '@/lib/tenancy/context';

type Typed = z.input<typeof registerPatientInput>;

let serial = 0;

/** What reception types for a patient. A phone number is used once in a process unless it is given. */
function patientFields(facts: Partial<Typed> = {}): Typed {
  serial++;
  return {
    firstName: 'Lakshmi',
    lastName: `Iyer ${serial}`,
    phone: `98450 ${String(serial).padStart(5, '0')}`,
    dateOfBirth: '1958-03-14',
    sex: 'female',
    allowDuplicate: 'yes',
    ...facts,
  };
}

/** A patient who was registered at reception, also where somebody alike is known already. */
export async function aPatient(ctx: TenantContext, facts: Partial<Typed> = {}): Promise<Patient> {
  const result = await registerPatient(ctx, registerPatientInput.parse(patientFields(facts)));
  if (result.kind !== 'registered') throw new Error('The patient was not registered');
  return result.patient;
}

/** A patient as a row, for tests of what happens to databases: no counter, no notes, no context. */
export function patientRow(facts: { sequence?: number; firstName?: string; lastName?: string } = {}) {
  const { sequence = 1, firstName = 'Asha', lastName = 'Rao' } = facts;
  return {
    number: `P${sequence}`,
    sequence,
    firstName,
    lastName,
    sex: 'female' as const,
    dateOfBirth: '1990-01-01',
    phone: '9845012345',
    nameKeys: [firstName.toLowerCase()],
    sortName: `${firstName} ${lastName}`.toLowerCase(),
    phoneKeys: ['9845012345'],
    createdById: 'system',
    createdByName: 'System',
  };
}
