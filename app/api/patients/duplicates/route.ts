import { findDuplicates } from '@/features/patients/patients/queries';
import { duplicateCheckInput } from '@/features/patients/patients/schema';
import { staffRoute } from '@/lib/actions/staff';
import { AppError } from '@/lib/errors';
import { readJson } from '@/lib/read-body';

const MAX_BYTES = 16 * 1024;

/**
 * Who may be the person that is being registered. Reads only; a POST keeps names and phones out of addresses
 * and logs.
 */
export const POST = staffRoute('patients:write', async (ctx, request) => {
  const parsed = duplicateCheckInput.safeParse(await readJson(request, MAX_BYTES));
  if (!parsed.success) throw new AppError('INVALID_INPUT', 'Give the name, phone and date of birth as text.');
  const duplicates = await findDuplicates(ctx, parsed.data);
  return Response.json({ duplicates }, { headers: { 'Cache-Control': 'no-store' } });
});
