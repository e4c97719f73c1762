import 'server-only';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import { assertUnchanged } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { today } from '@/lib/time';
import { getBillSettings } from '../../bill-settings/queries';
import { fixCurrency, minorIn } from '../../bill-settings/service';
import { formOf, type Service, toService } from '../dto';
import { serviceModel } from '../model';
import type { AddServiceInput, UpdateServiceInput } from '../schema';
import { STARTER_SERVICES } from '../starter-services';
import { isTaxClass } from '../taxes';
import { addPrice } from './prices';

const AUDITED = ['name', 'code', 'group', 'taxClass', 'consultation'] as const;

export const sortNameOf = (name: string): string => name.normalize('NFKC').toLowerCase();

function factsOf(ctx: TenantContext, input: Omit<UpdateServiceInput, 'serviceId'>) {
  const { name, code, group, taxClass, consultation } = input;
  if (!isTaxClass(ctx.organization.country, taxClass))
    throw new AppError('INVALID_INPUT', 'Choose the tax from the list.', { field: 'taxClass' });
  return {
    name,
    code,
    group,
    taxClass,
    sortName: sortNameOf(name),
    ...(consultation ? { consultation } : {}),
  };
}

const takenError = (code: string): AppError =>
  new AppError('CONFLICT', `The code ${code} is on the list already.`, { field: 'code' });

/**
 * Adds a service, with its price from today on where one is given. @throws AppError CONFLICT for a taken
 * code.
 */
export async function addService(ctx: TenantContext, input: AddServiceInput): Promise<Service> {
  const row = { _id: newObjectId(), ...factsOf(ctx, input), isActive: true };
  const { currency } = await getBillSettings(ctx);
  const amountMinor = input.price === undefined ? null : minorIn(currency.code, input.price, 'price');
  await fixCurrency(ctx, ctx.organization.country);
  try {
    return await auditedWrite(ctx, async (session) => {
      await serviceModel(ctx).create([row], { session });
      ctx.audit?.about(`service:${row._id}`);
      if (amountMinor !== null) {
        const { isInclusive } = input;
        await addPrice(ctx, row._id, { amountMinor, isInclusive, from: today(ctx.timeZone) }, session);
      }
      return toService(await serviceModel(ctx).findById(row._id).session(session).orFail().lean());
    });
  } catch (error) {
    if (duplicateKey(error)) throw takenError(row.code);
    throw error;
  }
}

/** Changes what a service is called and how it is taxed; bills that were issued keep their copy. */
export async function updateService(ctx: TenantContext, input: UpdateServiceInput): Promise<Service> {
  const _id = objectId(input.serviceId, 'service');
  const set = factsOf(ctx, input);
  const unset = input.consultation ? {} : { $unset: { consultation: '' } };
  try {
    return await auditedWrite(ctx, async (session) => {
      const before = await serviceModel(ctx).findById(_id).session(session).lean();
      if (!before) throw notFoundError('service');
      assertUnchanged(formOf(before), input.version);
      const row = await serviceModel(ctx)
        .findOneAndUpdate({ _id }, { $set: set, ...unset }, { session, returnDocument: 'after' })
        .orFail()
        .lean();
      noteChange(ctx, toService(before), toService(row), AUDITED);
      return toService(row);
    });
  } catch (error) {
    if (duplicateKey(error)) throw takenError(input.code);
    throw error;
  }
}

/** Takes a service off the list, or puts it back. @throws AppError NOT_FOUND */
export async function setServiceActive(
  ctx: TenantContext,
  serviceId: string,
  isActive: boolean,
): Promise<Service> {
  const _id = objectId(serviceId, 'service');
  return auditedWrite(ctx, async (session) => {
    const before = await serviceModel(ctx)
      .findOneAndUpdate({ _id }, { $set: { isActive } }, { session, returnDocument: 'before' })
      .lean();
    if (!before) throw notFoundError('service');
    noteChange(ctx, { isActive: before.isActive }, { isActive }, ['isActive']);
    return toService({ ...before, isActive });
  });
}

/**
 * Puts the services of an eye hospital on the list that are not there yet, without prices: those are the
 * hospital's own. Idempotent. @returns how many were added.
 */
export async function ensureStarterServices(ctx: { db: TenantDatabase }): Promise<number> {
  let added = 0;
  for (const { code, ...entry } of STARTER_SERVICES) {
    const { upsertedCount } = await serviceModel(ctx).updateOne(
      { code },
      { $setOnInsert: { ...entry, isActive: true, sortName: sortNameOf(entry.name) } },
      { upsert: true },
    );
    added += upsertedCount;
  }
  return added;
}

/** The same for people at the page, with its entry. */
export async function addStarterServices(ctx: TenantContext): Promise<number> {
  return auditedWrite(ctx, async (session) => {
    let added = 0;
    for (const { code, ...entry } of STARTER_SERVICES) {
      const { upsertedCount } = await serviceModel(ctx).updateOne(
        { code },
        { $setOnInsert: { ...entry, isActive: true, sortName: sortNameOf(entry.name) } },
        { upsert: true, session },
      );
      added += upsertedCount;
    }
    return added;
  });
}
