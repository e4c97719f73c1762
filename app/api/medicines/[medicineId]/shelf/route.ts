import { getSaleShelf } from '@/features/dispensary/sales/queries';
import { staffRoute } from '@/lib/actions/staff';

/** The price of a medicine and the lots that may be given, for the counter. */
export const GET = staffRoute<{ medicineId: string }>(
  'dispenses:read',
  async (ctx, _request, { medicineId }) => Response.json({ shelf: await getSaleShelf(ctx, medicineId) }),
);
