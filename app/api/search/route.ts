import { z } from 'zod';
import { staffRoute } from '@/lib/actions/staff';
import { AppError } from '@/lib/errors';
import { findPatients } from '@/lib/features/patients/queries';

const query = z.strictObject({ q: z.string().max(100) });

/** Suggestions for the search box and the patient picker: `{ patients: [{ id, name, number, phone }] }`. */
export const GET = staffRoute('patients:read', async (ctx, request) => {
  const parsed = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!parsed.success) throw new AppError('INVALID_INPUT', 'Give what to search for as q.');
  const patients = await findPatients(ctx, parsed.data.q);
  return Response.json(
    { patients: patients.map(({ id, name, number, phone }) => ({ id, name, number, phone })) },
    { headers: { 'Cache-Control': 'no-store' } },
  );
});
