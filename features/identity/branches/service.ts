import 'server-only';
import type { ClientSession } from 'mongoose';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { type Branch, branchesOf, FIRST_BRANCH_ID } from '@/lib/branches';
import { AppError, notFoundError } from '@/lib/errors';
import { masterTransaction } from '@/lib/master/connection';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { sessionModel } from '@/lib/master/models/session';
import { newObjectId, objectId } from '@/lib/mongo';
import { nameKey } from '@/lib/name-key';
import { assertUnchanged } from '@/lib/revision';
import { assertTaxNumber } from '@/lib/tax-number';
import type { TenantContext } from '@/lib/tenancy/context';
import { formOf } from './dto';
import { branchUse, isFull, MOST_BRANCHES } from './policy';
import type { AddBranchInput, UpdateBranchInput } from './schema';

const AUDITED = ['name', 'isOpen', 'numberPrefix', 'address', 'phone', 'taxNumber'] as const;
const FULL = 'Your plan includes no further branch. The owner can upgrade under Billing.';

/**
 * What a wing below holds against a branch as it will be. Asked once the branches are read and before they
 * are written, and again where somebody else was faster.
 */
export type BranchCheck = (branch: Branch) => Promise<void>;

/**
 * Reads the branches in a transaction and writes them back as `change` makes them. They are one row, so of
 * two who change them at once one is asked again.
 */
async function changeBranches(
  ctx: TenantContext,
  change: (branches: readonly Branch[]) => { before: Branch | null; after: Branch },
  check?: BranchCheck,
): Promise<Branch> {
  const _id = objectId(ctx.organizationId);
  return auditedMasterWrite(ctx, async (session) => {
    const row = await organizationModel.findById(_id).select('branches').session(session).orFail().lean();
    const branches = branchesOf(row.branches);
    const { before, after } = change(branches);
    assertFree(branches, after);
    await check?.(after);
    const all = before ? branches.map((one) => (one.id === after.id ? after : one)) : [...branches, after];
    await organizationModel.updateOne({ _id }, { $set: { branches: all.map(storedOf) } }, { session });
    ctx.audit?.about(`branch:${after.id}`);
    noteChange<Record<string, unknown>>(ctx, before, after, [...AUDITED]);
    return after;
  });
}

/**
 * Runs `work` with the branches as they are, while nobody changes them: for what is kept in the
 * organization's own database and has to fit to them. `work` may run more than once.
 */
export async function withBranchesHeld<T>(
  ctx: TenantContext,
  work: (branches: readonly Branch[]) => Promise<T>,
): Promise<T> {
  const _id = objectId(ctx.organizationId);
  return masterTransaction(async (session) => {
    const row = await organizationModel
      .findOneAndUpdate(
        { _id },
        { $set: { updatedAt: new Date() } },
        { session, returnDocument: 'after', projection: 'branches' },
      )
      .orFail()
      .lean();
    return work(branchesOf(row.branches));
  });
}

/** What is empty is left out. */
function storedOf({ id, isFirst: _, ...facts }: Branch) {
  const given = Object.entries(facts).filter(([, value]) => value !== null);
  return { _id: objectId(id), ...(Object.fromEntries(given) as { name: string; isOpen: boolean }) };
}

/** No two have one name, or one prefix: their numbers would be one series. @throws AppError CONFLICT. */
function assertFree(branches: readonly Branch[], after: Branch): void {
  const others = branches.filter(({ id }) => id !== after.id);
  if (others.some(({ name }) => nameKey(name) === nameKey(after.name)))
    throw new AppError('CONFLICT', 'Another branch is called so already.', { field: 'name' });
  const { numberPrefix } = after;
  if (numberPrefix && others.some((one) => one.numberPrefix === numberPrefix))
    throw new AppError('CONFLICT', 'Another branch has this prefix already.', { field: 'numberPrefix' });
}

/** Everywhere but at the first a series of its own begins with letters of its own. */
function assertPrefix(isFirst: boolean, prefix: string | undefined): void {
  if (!isFirst && !prefix)
    throw new AppError('INVALID_INPUT', 'Enter what the numbers of its bills begin with.', {
      field: 'numberPrefix',
    });
}

const factsOf = ({ name, numberPrefix, address, phone, taxNumber }: AddBranchInput) => ({
  name,
  numberPrefix: numberPrefix ?? null,
  address: address ?? null,
  phone: phone ?? null,
  taxNumber: taxNumber ?? null,
});

/** @throws AppError PAYMENT_REQUIRED where the plan includes no more, CONFLICT, INVALID_INPUT. */
export async function addBranch(
  ctx: TenantContext,
  input: AddBranchInput,
  check: BranchCheck,
): Promise<Branch> {
  assertTaxNumber(ctx.organization.country, input.taxNumber);
  assertPrefix(false, input.numberPrefix);
  const id = newObjectId().toString();
  return changeBranches(
    ctx,
    (branches) => {
      if (branches.length >= MOST_BRANCHES)
        throw new AppError('CONFLICT', `There are ${MOST_BRANCHES} branches already.`);
      if (isFull(branchUse(branches, ctx.organization.plan))) throw new AppError('PAYMENT_REQUIRED', FULL);
      return { before: null, after: { id, isFirst: false, isOpen: true, ...factsOf(input) } };
    },
    check,
  );
}

/** @throws AppError NOT_FOUND, CONFLICT, also when a colleague has changed it meanwhile, INVALID_INPUT. */
export async function updateBranch(
  ctx: TenantContext,
  { branchId, version, ...input }: UpdateBranchInput,
  check: BranchCheck,
): Promise<Branch> {
  assertTaxNumber(ctx.organization.country, input.taxNumber);
  assertPrefix(branchId === FIRST_BRANCH_ID, input.numberPrefix);
  return changeBranches(
    ctx,
    (branches) => {
      const before = findIn(branches, branchId);
      assertUnchanged(formOf(before), version);
      return { before, after: { ...before, ...factsOf(input) } };
    },
    check,
  );
}

/**
 * Closes a branch, or opens it again. What stands against closing is asked before: it is in another database
 * than the branches are, so what is booked there at the same moment stays booked.
 * @throws AppError NOT_FOUND, CONFLICT for the first one, PAYMENT_REQUIRED.
 */
export const setBranchOpen = (ctx: TenantContext, branchId: string, isOpen: boolean): Promise<Branch> =>
  changeBranches(ctx, (branches) => {
    const before = findIn(branches, branchId);
    if (before.isFirst)
      throw new AppError('CONFLICT', `${before.name} is there from the beginning and stays open.`);
    if (before.isOpen === isOpen)
      throw new AppError('CONFLICT', `${before.name} is ${isOpen ? 'open' : 'closed'} already.`);
    if (isOpen && isFull(branchUse(branches, ctx.organization.plan)))
      throw new AppError('PAYMENT_REQUIRED', FULL);
    return { before, after: { ...before, isOpen } };
  });

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
function findIn(branches: readonly Branch[], branchId: string): Branch {
  const branch = branches.find(({ id }) => id === branchId);
  if (!branch) throw notFoundError('branch');
  return branch;
}

/** One that the actor may work at: what a form names, or without a name where they are. */
export function branchFor(ctx: TenantContext, branchId: string | undefined): Branch {
  return branchId ? findIn(ctx.ownBranches, branchId) : ctx.branch;
}

/**
 * From now on the actor works there: in this session, and after the next sign-in.
 * @throws AppError NOT_FOUND.
 */
export async function chooseBranch(ctx: TenantContext, branchId: string, sessionId: string): Promise<Branch> {
  const branch = findIn(ctx.ownBranches, branchId);
  if (ctx.actor.kind !== 'staff') throw notFoundError('branch');
  const userId = objectId(ctx.actor.userId);
  const organizationId = objectId(ctx.organizationId);
  const _id = objectId(branchId);
  await auditedMasterWrite(ctx, async (session: ClientSession) => {
    await sessionModel.updateOne(
      { _id: sessionId, userId, organizationId },
      { $set: { branchId: _id } },
      { session },
    );
    await membershipModel.updateOne({ userId, organizationId }, { $set: { lastBranchId: _id } }, { session });
  });
  return branch;
}
