import 'server-only';
import type { ClientSession } from 'mongoose';
import { auditedWrite } from '@/lib/audit/audited';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import { nameKey } from '@/lib/name-key';
import { assertUnchanged } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Addressee, addresseeFormOf, toAddressee } from './dto';
import { addresseeModel } from './model';
import type { SaveAddresseeInput } from './schema';

const MOST = 300;

type Facts = Omit<SaveAddresseeInput, 'addresseeId' | 'version'>;
const TEXTS = ['speciality', 'place', 'phone', 'email'] as const;

/** What is stored, and what is taken away because it was emptied. */
function changeOf(ctx: TenantContext, { name, ...texts }: Facts) {
  const given = TEXTS.filter((field) => texts[field]);
  const gone = TEXTS.filter((field) => !texts[field]);
  return {
    $set: {
      ...{ name, nameKey: nameKey(name), savedByName: ctx.actor.name },
      ...Object.fromEntries(given.map((field) => [field, texts[field]])),
    },
    ...(gone.length > 0 ? { $unset: Object.fromEntries(gone.map((field) => [field, ''])) } : {}),
  };
}

/**
 * Adds somebody to the address book, or changes an entry.
 * @throws AppError CONFLICT where the name is taken, the book is full, or a colleague has changed it
 * meanwhile; NOT_FOUND.
 */
export async function saveAddressee(
  ctx: TenantContext,
  { addresseeId, version, ...facts }: SaveAddresseeInput,
): Promise<Addressee> {
  const _id = addresseeId ? objectId(addresseeId, 'addressee') : newObjectId();
  try {
    return await auditedWrite(ctx, async (session) => {
      const model = addresseeModel(ctx);
      if (addresseeId) {
        const before = await model.findById(_id).session(session).lean();
        if (!before) throw notFoundError('addressee');
        assertUnchanged(addresseeFormOf(before), version);
      } else await assertRoom(ctx, session);
      const row = await model
        .findOneAndUpdate({ _id }, changeOf(ctx, facts), {
          session,
          upsert: !addresseeId,
          returnDocument: 'after',
        })
        .orFail()
        .lean();
      ctx.audit?.about(`addressee:${_id}`);
      return toAddressee(row);
    });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    throw new AppError('CONFLICT', 'There is an addressee of this name already.', { field: 'name' });
  }
}

/**
 * Keeps whom a letter goes to, within the transaction of that letter; an entry of that name is renewed.
 * @throws AppError CONFLICT where the book is full.
 */
export async function keepAddressee(ctx: TenantContext, facts: Facts, session: ClientSession): Promise<void> {
  const model = addresseeModel(ctx);
  const known = await model
    .findOne({ nameKey: nameKey(facts.name) })
    .select('_id')
    .session(session)
    .lean();
  if (!known) await assertRoom(ctx, session);
  await model.updateOne({ _id: known?._id ?? newObjectId() }, changeOf(ctx, facts), {
    session,
    upsert: true,
  });
}

async function assertRoom(ctx: TenantContext, session: ClientSession): Promise<void> {
  if ((await addresseeModel(ctx).countDocuments({}).session(session)) < MOST) return;
  throw new AppError('CONFLICT', `The address book holds ${MOST}. Delete one that you no longer need.`);
}

/** Letters to them stay as they are. @throws AppError NOT_FOUND. */
export async function deleteAddressee(ctx: TenantContext, addresseeId: string): Promise<Addressee> {
  const _id = objectId(addresseeId, 'addressee');
  return auditedWrite(ctx, async (session) => {
    const row = await addresseeModel(ctx).findOneAndDelete({ _id }, { session }).lean();
    if (!row) throw notFoundError('addressee');
    return toAddressee(row);
  });
}
