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
  // What the supplier says of it counts before what our own list says.
  const others = found.filter(({ id }) => !called.some((one) => one.id === id));
  return Response.json({ medicines: [...called, ...others] });
});
