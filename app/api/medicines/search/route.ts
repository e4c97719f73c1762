import { searchMedicines } from '@/features/pharmacy/medicines/queries';
import { medicineSearchQuery } from '@/features/pharmacy/medicines/schema';
import { staffRoute } from '@/lib/actions/staff';

/** Medicines of the formulary by the beginnings of their words, for who prescribes. */
export const GET = staffRoute('medicines:read', async (ctx, request) => {
  const { q } = medicineSearchQuery.parse(Object.fromEntries(new URL(request.url).searchParams));
  return Response.json({ medicines: await searchMedicines(ctx, q) });
});
