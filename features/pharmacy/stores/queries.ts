import 'server-only';
import type { ClientSession } from 'mongoose';
import { FIRST_BRANCH_ID } from '@/lib/branches';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { firstStore, type Store, toStore } from './dto';
import { counterChoiceModel, storeModel } from './model';
import { FIRST_STORE_ID, MOST_STORES } from './policy';

/** The find behind the list of stores. */
export const findStores = (ctx: TenantContext, session: ClientSession | null = null) =>
  storeModel(ctx)
    .find({})
    .sort({ identity: 1 })
    .limit(MOST_STORES + 1)
    .session(session);

/** All stores, the first one first and those that are closed last. */
export async function listStores(ctx: TenantContext, session: ClientSession | null = null): Promise<Store[]> {
  const stores = (await findStores(ctx, session).lean()).map(toStore);
  const isTaken = stores.some((one) => one.isCounter && one.branchId === FIRST_BRANCH_ID);
  const first = stores.find(({ isFirst }) => isFirst) ?? firstStore(!isTaken);
  const others = stores.filter(({ isFirst }) => !isFirst);
  return [first, ...others.filter(({ isActive }) => isActive), ...others.filter(({ isActive }) => !isActive)];
}

/** Those that something may be put into and taken from. */
export const listOpenStores = async (
  ctx: TenantContext,
  session: ClientSession | null = null,
): Promise<Store[]> => (await listStores(ctx, session)).filter(({ isActive }) => isActive);

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getStore(
  ctx: TenantContext,
  storeId: string,
  session: ClientSession | null = null,
): Promise<Store> {
  const store = (await listStores(ctx, session)).find(({ id }) => id === storeId);
  if (!store) throw notFoundError('store');
  return store;
}

/**
 * A store that something is put into or taken from.
 * @throws AppError NOT_FOUND, CONFLICT for one that is closed.
 */
export async function openStore(
  ctx: TenantContext,
  storeId: string,
  session: ClientSession | null = null,
): Promise<Store> {
  const store = await getStore(ctx, storeId, session);
  if (!store.isActive) throw new AppError('CONFLICT', `${store.name} is closed. Choose another store.`);
  return store;
}

/**
 * All stores as `listStores` has them, those that are open, those that a person here may give out from, and
 * the one that they do. A branch without a store of its own is given out of the others.
 */
export async function storesAndCounter(
  ctx: TenantContext,
  session: ClientSession | null = null,
): Promise<{ stores: Store[]; open: Store[]; offered: Store[]; counter: Store }> {
  const stores = await listStores(ctx, session);
  const open = stores.filter(({ isActive }) => isActive);
  const here = open.filter(({ branchId }) => branchId === ctx.branch.id);
  const offered = here.length > 0 ? here : open;
  return { stores, open, offered, counter: await counterAmong(ctx, offered, session) };
}

/** Where somebody gives out from: their own choice, or the counter of the branch. */
export const counterStore = async (
  ctx: TenantContext,
  session: ClientSession | null = null,
): Promise<Store> => (await storesAndCounter(ctx, session)).counter;

async function counterAmong(
  ctx: TenantContext,
  stores: readonly Store[],
  session: ClientSession | null,
): Promise<Store> {
  const userId = ctx.actor.kind === 'staff' ? ctx.actor.userId : null;
  const chosen =
    userId && stores.length > 1
      ? await counterChoiceModel(ctx).findById(userId).session(session).lean()
      : null;
  const store =
    stores.find(({ id }) => id === chosen?.storeId.toString()) ??
    stores.find(({ isCounter }) => isCounter) ??
    stores[0];
  if (!store) throw new Error('There is no store');
  return store;
}

/** The store that a form names, or the counter's. @throws AppError NOT_FOUND, CONFLICT. */
export const storeOrCounter = (
  ctx: TenantContext,
  storeId: string | undefined,
  session: ClientSession | null = null,
): Promise<Store> => (storeId ? openStore(ctx, storeId, session) : counterStore(ctx, session));

/** How rows name a store: the first by saying nothing. */
export const storedIn = (storeId: string | undefined) =>
  storeId && storeId !== FIRST_STORE_ID ? { storeId: objectId(storeId, 'store') } : {};
