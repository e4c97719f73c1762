import { searchMedicines } from '@/features/pharmacy/medicines/queries';
import { medicineSearchQuery } from '@/features/pharmacy/medicines/schema';
import { searchProducts } from '@/features/pharmacy/supplier-products/queries';
import { staffRoute } from '@/lib/actions/staff';

/** Medicines of the formulary by the beginnings of their words, for who prescribes. */
export const GET = staffRoute('medicines:read', async (ctx, request) => {
  const { q, supplier } = medicineSearchQuery.parse(Object.fromEntries(new URL(request.url).searchParams));
  const [called, found] = await Promise.all([
    supplier && ctx.can('purchases:read') ? searchProducts(ctx, supplier, q) : [],
    searchMedicines(ctx, q),
  ]);
  const known = new Map([...called, ...found].map((one) => [one.id, one]));
  // What the supplier says of it counts before what our own list says.
  for (const one of called) known.set(one.id, one);
  return Response.json({ medicines: [...known.values()] });
});
