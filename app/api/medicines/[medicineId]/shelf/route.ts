import { getSaleShelf } from '@/features/dispensary/sales/queries';
import { shelfQuery } from '@/features/dispensary/sales/schema';
import { staffRoute } from '@/lib/actions/staff';

/** The price of a medicine and the lots that may be given from a store, for the counter. */
export const GET = staffRoute<{ medicineId: string }>(
  'dispenses:read',
  async (ctx, request, { medicineId }) => {
    const { store } = shelfQuery.parse(Object.fromEntries(new URL(request.url).searchParams));
    return Response.json({ shelf: await getSaleShelf(ctx, medicineId, store) });
  },
);
