import 'server-only';
import type { ClientSession } from 'mongoose';
import { notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Payer, toPayer } from './dto';
import { payerModel } from './model';

/** A hospital has some dozens. */
export const MOST_PAYERS = 500;

/** The find behind the list; apart from it so that a test can ask how it is answered. */
export const findPayers = (ctx: TenantContext, isActive: boolean) =>
  payerModel(ctx).find({ isActive }).sort({ nameKey: 1 }).limit(MOST_PAYERS);

/** Payers by name: those that still pay, or those that were ended. At most 500. */
export async function listPayers(ctx: TenantContext, isActive = true): Promise<Payer[]> {
  return (await findPayers(ctx, isActive).lean()).map(toPayer);
}

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getPayer(ctx: TenantContext, payerId: string, session?: ClientSession): Promise<Payer> {
  const row = await payerModel(ctx)
    .findById(objectId(payerId, 'payer'))
    .session(session ?? null)
    .lean();
  if (!row) throw notFoundError('payer');
  return toPayer(row);
}
