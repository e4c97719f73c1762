import 'server-only';
import type { ClientSession } from 'mongoose';
import { duplicateKey } from '@/lib/errors';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { counterModel } from './counter-model';

// Two first uses at the same moment inside transactions would abort one of them for good; an existing row
// only makes it wait.
const known = new WeakMap<TenantDatabase, Set<string>>();

async function ensureCounter(ctx: { db: TenantDatabase }, name: string): Promise<void> {
  const names = known.get(ctx.db) ?? new Set<string>();
  known.set(ctx.db, names);
  if (names.has(name)) return;
  try {
    await counterModel(ctx).updateOne({ _id: name }, { $setOnInsert: { value: 0 } }, { upsert: true });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
  }
  names.add(name);
}

/**
 * The next number of a named counter, from 1: each number once, however many ask at the same time.
 * Outside a transaction a number taken by a write that then fails is skipped.
 */
export async function nextNumber(
  ctx: { db: TenantDatabase },
  name: string,
  session?: ClientSession,
): Promise<number> {
  await ensureCounter(ctx, name);
  const counter = await counterModel(ctx)
    .findOneAndUpdate(
      { _id: name },
      { $inc: { value: 1 } },
      { upsert: true, returnDocument: 'after', ...(session ? { session } : {}) },
    )
    .lean();
  return counter.value;
}

/** The last number that was given out, 0 before the first. */
export async function lastNumber(ctx: { db: TenantDatabase }, name: string): Promise<number> {
  return (await counterModel(ctx).findById(name).lean())?.value ?? 0;
}
