import 'server-only';
import type { ClientSession } from 'mongoose';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { supplierProductModel } from './model';
import { type Called, keysOfCalled, ownWords } from './policy';
import type { ForgetProductInput } from './schema';

type Came = Called & { medicineId: string; medicineName: string; unitsPerPack: number };

/**
 * Remembers what the supplier calls what came, in the caller's transaction: the latest word on a name counts.
 * A name that one paper uses for two medicines says nothing.
 */
export async function rememberProducts(
  ctx: TenantContext,
  session: ClientSession,
  supplierId: string,
  lines: readonly Came[],
): Promise<void> {
  const words = lines.flatMap(({ theirName, theirCode, ...line }) => {
    const own = ownWords({ theirName, theirCode }, line.medicineName);
    return (['theirName', 'theirCode'] as const).flatMap((kind) => {
      const written = own[kind]?.trim();
      const [key] = keysOfCalled({ [kind]: written });
      return written && key ? [{ key, written, ...line }] : [];
    });
  });
  const at = new Date();
  for (const { key, written, medicineId, unitsPerPack } of new Map(
    words.map((one) => [one.key, one]),
  ).values()) {
    if (words.some((one) => one.key === key && one.medicineId !== medicineId)) continue;
    const facts = { written, medicineId: objectId(medicineId, 'medicine'), unitsPerPack };
    await supplierProductModel(ctx).updateOne(
      { supplierId: objectId(supplierId, 'supplier'), key },
      { $set: { ...facts, byName: ctx.actor.name, at } },
      { upsert: true, session },
    );
  }
}

/** The next paper is asked about again. @throws AppError NOT_FOUND. */
export async function forgetProduct(
  ctx: TenantContext,
  { supplierId, productId }: ForgetProductInput,
): Promise<{ supplierId: string; written: string }> {
  const row = { _id: objectId(productId, 'name'), supplierId: objectId(supplierId, 'supplier') };
  return auditedWrite(ctx, async (session) => {
    const before = await supplierProductModel(ctx).findOneAndDelete(row, { session }).lean();
    if (!before) throw notFoundError('name');
    noteChange<Record<string, unknown>>(ctx, { written: before.written }, {}, ['written']);
    return { supplierId, written: before.written };
  });
}
