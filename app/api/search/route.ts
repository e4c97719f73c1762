import { bornText, numberText } from '@/features/patients/patients/policy';
import { findPatients } from '@/features/patients/patients/queries';
import { patientSearchQuery } from '@/features/patients/patients/schema';
import { staffRoute } from '@/lib/actions/staff';
import { AppError } from '@/lib/errors';

/** Suggestions for the search and the patient picker: `{ patients: [{ id, name, number, phone, born }] }`. */
export const GET = staffRoute('patients:read', async (ctx, request) => {
  const { searchParams } = new URL(request.url);
  const parsed = patientSearchQuery.safeParse(Object.fromEntries(searchParams));
  // A repeated q would silently lose all but the last.
  if (!parsed.success || searchParams.getAll('q').length !== 1)
    throw new AppError('INVALID_INPUT', 'Give what to search for as q, once.');
  const patients = await findPatients(ctx, parsed.data.q);
  return Response.json(
    {
      patients: patients.map((one) => {
        const { id, name, phone } = one;
        return { id, name, number: numberText(one), phone, born: bornText(one) };
      }),
    },
    { headers: { 'Cache-Control': 'no-store' } },
  );
});
