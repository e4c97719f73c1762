import 'server-only';
import type { ClientSession } from 'mongoose';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { counterModel } from './model';

/**
 * The next number of a named counter, from 1: each number once, however many ask at the same time.
 * Outside a transaction a number taken by a write that then fails is skipped.
 */
export async function nextNumber(ctx: { db: TenantDatabase }, name: string, session?: ClientSession): Promise<number> {
  const counter = await counterModel(ctx)
    .findOneAndUpdate({ _id: name }, { $inc: { value: 1 } }, { upsert: true, returnDocument: 'after', ...(session ? { session } : {}) })
    .lean();
  return counter.value;
}
