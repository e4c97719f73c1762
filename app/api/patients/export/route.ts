import { patientColumns } from '@/features/patients/patients/columns';
import { eachPatient } from '@/features/patients/patients/queries';
import { noQuery, staffExport } from '@/lib/actions/exports';

/** All patients, streamed. Days are those of the organization's time zone. */
export const GET = staffExport({
  permission: 'patients:export',
  audit: 'patient.export',
  query: noQuery,
  name: (_query, day) => `patients-${day}`,
  columns: patientColumns,
  rows: eachPatient,
});
