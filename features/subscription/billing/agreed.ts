import 'server-only';
import { quoteModel } from '@/lib/master/models/quote';
import { objectId } from '@/lib/mongo';
import { OBJECT_ID } from '@/lib/object-id';

const limitOf = (value: string | undefined): number | null =>
  value !== undefined && /^\d{1,18}$/.test(value) ? Number(value) : null;

/** The limits that a price of a quote carries; null for a price of the table. They win over the plan's. */
export function agreedLimits(
  metadata: Record<string, string>,
): { maxUsers: number | null; maxStorage: number | null } | null {
  if (!metadata.quoteId) return null;
  return { maxUsers: limitOf(metadata.maxUsers), maxStorage: limitOf(metadata.maxStorageBytes) };
}

/** The subscription of a quote's price lives: the quote is paid, once and for good. */
export async function markQuotePaid(metadata: Record<string, string>, now = new Date()): Promise<void> {
  if (!metadata.quoteId || !OBJECT_ID.test(metadata.quoteId)) return;
  await quoteModel.updateOne(
    { _id: objectId(metadata.quoteId), paidAt: null },
    { $set: { state: 'paid', paidAt: now } },
  );
}
