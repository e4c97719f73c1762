import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { branchFor } from '@/features/identity/branches/service';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey } from '@/lib/errors';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { nameKey } from '@/lib/name-key';
import { movedTo, storedAt } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Store, toStore } from './dto';
import { counterChoiceModel, storeModel } from './model';
import { FIRST_STORE_ID, MOST_STORES } from './policy';
import { getStore, listStores, openStore, storesAndCounter } from './queries';
import type { AddStoreInput, UpdateStoreInput } from './schema';

const AUDITED = ['name', 'branchId', 'isCounter', 'isActive'] as const;

const taken = (error: unknown): unknown =>
  duplicateKey(error)
    ? new AppError('CONFLICT', 'Another store is called so already.', { field: 'name' })
    : error;

/** Also against the first store, which may have no row. @throws AppError CONFLICT. */
function assertFree(stores: readonly Store[], storeId: string, name: string): void {
  if (stores.some((one) => one.id !== storeId && nameKey(one.name) === nameKey(name)))
    throw new AppError('CONFLICT', 'Another store is called so already.', { field: 'name' });
}

/** One store of a branch is its counter's: that of before no longer is. */
async function moveCounter(
  ctx: TenantContext,
  session: ClientSession,
  to: { _id: Types.ObjectId; branchId: string },
): Promise<void> {
  await storeModel(ctx).updateMany(
    { isCounter: true, _id: op({ $ne: to._id }), ...movedTo({ id: to.branchId }) },
    { $set: { isCounter: false }, $inc: { version: 1 } },
    { session },
  );
}

/** @throws AppError CONFLICT where the name is taken, or there are as many as there may be. */
export async function addStore(ctx: TenantContext, input: AddStoreInput): Promise<Store> {
  const { name, isCounter } = input;
  const _id = newObjectId();
  const branch = branchFor(ctx, input.branchId);
  try {
    return await auditedWrite(ctx, async (session) => {
      const stores = await listStores(ctx, session);
      if (stores.length >= MOST_STORES)
        throw new AppError('CONFLICT', `There are ${MOST_STORES} stores. Close or rename one.`);
      assertFree(stores, _id.toString(), name);
      if (isCounter) await moveCounter(ctx, session, { _id, branchId: branch.id });
      const row = {
        _id,
        name,
        ...storedAt(branch),
        identity: nameKey(name),
        isCounter,
        isActive: true,
        version: 0,
      };
      await storeModel(ctx).create([row], { session });
      ctx.audit?.about(`store:${_id}`);
      noteChange<Record<string, unknown>>(ctx, null, { ...row, branchId: branch.id }, [
        ...['name', 'branchId', 'isCounter'],
      ]);
      return toStore(await storeModel(ctx).findById(_id).session(session).orFail().lean());
    });
  } catch (error) {
    throw taken(error);
  }
}

async function changeStore(
  ctx: TenantContext,
  storeId: string,
  change: (
    before: Store,
    session: ClientSession,
  ) => Promise<Partial<Pick<Store, 'name' | 'branchId' | 'isCounter' | 'isActive'>>>,
): Promise<Store> {
  const _id = objectId(storeId, 'store');
  try {
    return await auditedWrite(ctx, async (session) => {
      const before = await getStore(ctx, storeId, session);
      const { name, branchId, isCounter, isActive } = { ...before, ...(await change(before, session)) };
      assertFree(await listStores(ctx, session), storeId, name);
      if (isCounter) await moveCounter(ctx, session, { _id, branchId });
      const row = await storeModel(ctx)
        .findOneAndUpdate(
          { _id },
          {
            $set: { name, identity: nameKey(name), ...movedTo({ id: branchId }), isCounter, isActive },
            $inc: { version: 1 },
          },
          { session, upsert: storeId === FIRST_STORE_ID, returnDocument: 'after' },
        )
        .orFail()
        .lean();
      noteChange(ctx, before, toStore(row), AUDITED);
      return toStore(row);
    });
  } catch (error) {
    throw taken(error);
  }
}

/** @throws AppError NOT_FOUND, CONFLICT when a colleague has changed it meanwhile. */
export const updateStore = (
  ctx: TenantContext,
  { storeId, version, name, branchId, isCounter }: UpdateStoreInput,
): Promise<Store> =>
  changeStore(ctx, storeId, async (before) => {
    if (before.version !== version)
      throw new AppError('CONFLICT', 'A colleague has changed this store meanwhile.');
    if (before.isCounter && !isCounter)
      throw new AppError('CONFLICT', 'The counter takes from some store: choose it at that store.', {
        field: 'isCounter',
      });
    if (isCounter && !before.isActive)
      throw new AppError('CONFLICT', `${before.name} is closed. Open it first.`, { field: 'isCounter' });
    if (!branchId || branchId === before.branchId) return { name, isCounter };
    if (before.isFirst || before.isCounter)
      throw new AppError(
        'CONFLICT',
        `${before.name} stays at its branch: it is there from the beginning, or its counter’s.`,
        {
          field: 'branchId',
        },
      );
    return { name, isCounter, branchId: branchFor(ctx, branchId).id };
  });

/**
 * Closes a store, or opens it again.
 * @param assertEmpty throws where something still stands in it
 * @throws AppError NOT_FOUND, CONFLICT for the first store and for the counter's.
 */
export const setStoreOpen = (
  ctx: TenantContext,
  storeId: string,
  isActive: boolean,
  assertEmpty: (store: Store, session: ClientSession) => Promise<void>,
): Promise<Store> =>
  changeStore(ctx, storeId, async (before, session) => {
    if (before.isActive === isActive)
      throw new AppError('CONFLICT', `${before.name} is ${isActive ? 'open' : 'closed'} already.`);
    if (before.isFirst)
      throw new AppError('CONFLICT', `${before.name} is there from the beginning and stays open.`);
    if (before.isCounter)
      throw new AppError(
        'CONFLICT',
        'The counter takes from it. Choose another store for the counter first.',
      );
    if (!isActive) await assertEmpty(before, session);
    return { isActive };
  });

/**
 * A store that something is put into, touched so that nobody closes it at the same moment. What is only taken
 * needs no touch: a store with stock is not closed, and counters would wait for each other.
 * @throws AppError NOT_FOUND, CONFLICT for one that is closed.
 */
export async function storeToFill(
  ctx: TenantContext,
  storeId: string,
  session: ClientSession,
): Promise<Store> {
  await touchStore(ctx, storeId, session);
  return openStore(ctx, storeId, session);
}

/** The first store is never closed and may have no row. */
async function touchStore(ctx: TenantContext, storeId: string, session: ClientSession): Promise<void> {
  if (storeId === FIRST_STORE_ID) return;
  await storeModel(ctx).updateOne(
    { _id: objectId(storeId, 'store') },
    { $set: { updatedAt: new Date() } },
    { session },
  );
}

/** Where something comes back to: the store that gave it, or the counter's once that one is closed. */
export async function storeToReturnTo(
  ctx: TenantContext,
  givenFrom: string,
  session: ClientSession,
): Promise<Store> {
  await touchStore(ctx, givenFrom, session);
  const { open, counter } = await storesAndCounter(ctx, session);
  const same = open.find(({ id }) => id === givenFrom);
  return same ?? storeToFill(ctx, counter.id, session);
}

/**
 * From now on this person gives out from that store.
 * @throws AppError NOT_FOUND, CONFLICT for one that is closed, or at another branch.
 */
export async function chooseCounter(ctx: TenantContext, storeId: string): Promise<Store> {
  const userId = ctx.actor.kind === 'staff' ? ctx.actor.userId : 'system';
  return auditedWrite(ctx, async (session) => {
    const store = await openStore(ctx, storeId, session);
    const { offered } = await storesAndCounter(ctx, session);
    if (!offered.some(({ id }) => id === storeId))
      throw new AppError('CONFLICT', `${store.name} is at another branch. Choose a store that is here.`);
    await counterChoiceModel(ctx).updateOne(
      { _id: userId },
      { $set: { storeId: objectId(storeId, 'store') } },
      { upsert: true, session },
    );
    ctx.audit?.about(`store:${storeId}`);
    return store;
  });
}
