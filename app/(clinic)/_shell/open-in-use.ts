import { redirect } from 'next/navigation';
import type { Patient } from '@/features/patients/patients/dto';
import { openPatient } from '@/features/patients/patients/queries';
import { load } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';

/** For pages below a patient's: of a record that was merged into another one page is left, which says so. */
export async function openInUse(ctx: TenantContext, patientId: string): Promise<Patient> {
  const patient = await load(openPatient(ctx, patientId));
  if (patient.mergedInto) redirect(paths.patient(patient.id));
  return patient;
}
