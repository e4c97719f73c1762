import 'server-only';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import { nameKey } from '@/lib/name-key';
import { assertUnchanged } from '@/lib/revision';
import { assertTaxNumber } from '@/lib/tax-number';
import type { TenantContext } from '@/lib/tenancy/context';
import { stateOfTaxNumber } from '../bill-settings/states';
import { type Payer, payerFormOf, toPayer } from './dto';
import { payerModel } from './model';
import { MOST_PAYERS } from './queries';
import type { SavePayerInput } from './schema';

const OPTIONAL = [
  ...(['code', 'taxNumber', 'state', 'address', 'contactName', 'phone', 'email'] as const),
  ...(['creditDays', 'tdsBp'] as const),
];
const AUDITED = ['kind', 'name', 'isOwnFund', ...OPTIONAL] as const;

/** What is stored, and what is taken away because it was emptied. */
function changeOf(ctx: TenantContext, input: Omit<SavePayerInput, 'payerId' | 'version'>) {
  const { kind, name, isOwnFund, tds, ...rest } = input;
  const facts: Record<(typeof OPTIONAL)[number], string | number | undefined> = {
    ...{ code: rest.code, taxNumber: rest.taxNumber, address: rest.address, email: rest.email },
    ...{ contactName: rest.contactName, phone: rest.phone, creditDays: rest.creditDays, tdsBp: tds },
    // A registration says its state: another one that is typed is not believed.
    state: stateOfTaxNumber(ctx.organization.country, rest.taxNumber ?? null) ?? rest.state,
  };
  const gone = OPTIONAL.filter((field) => facts[field] === undefined);
  return {
    $set: {
      ...{ kind, name, isOwnFund, nameKey: nameKey(name), savedByName: ctx.actor.name },
      ...Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)),
    },
    ...(gone.length > 0 ? { $unset: Object.fromEntries(gone.map((field) => [field, ''])) } : {}),
    $setOnInsert: { isActive: true },
  };
}

/**
 * Adds a payer, or changes one. Claims keep what they were sent with.
 * @throws AppError CONFLICT where the name is taken, the list is full, or a colleague has changed it
 * meanwhile; INVALID_INPUT for no tax number of the country; NOT_FOUND.
 */
export async function savePayer(
  ctx: TenantContext,
  { payerId, version, ...facts }: SavePayerInput,
): Promise<Payer> {
  assertTaxNumber(ctx.organization.country, facts.taxNumber);
  const _id = payerId ? objectId(payerId, 'payer') : newObjectId();
  try {
    return await auditedWrite(ctx, async (session) => {
      const model = payerModel(ctx);
      const before = payerId ? await model.findById(_id).session(session).lean() : null;
      if (payerId) {
        if (!before) throw notFoundError('payer');
        assertUnchanged(payerFormOf(before), version);
      } else if ((await model.countDocuments({}).session(session)) >= MOST_PAYERS)
        throw new AppError('CONFLICT', `There are ${MOST_PAYERS} payers already.`);
      const row = await model
        .findOneAndUpdate({ _id }, changeOf(ctx, facts), {
          ...{ session, upsert: !payerId, returnDocument: 'after' as const },
        })
        .orFail()
        .lean();
      ctx.audit?.about(`payer:${_id}`);
      noteChange<Record<string, unknown>>(ctx, before, row, AUDITED);
      return toPayer(row);
    });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    throw new AppError('CONFLICT', 'There is a payer of this name already.', { field: 'name' });
  }
}

/** Ended: no longer offered; what it owes stays. Or offered again. @throws AppError NOT_FOUND. */
export async function setPayerActive(ctx: TenantContext, payerId: string, isActive: boolean): Promise<Payer> {
  return auditedWrite(ctx, async (session) => {
    const row = await payerModel(ctx)
      .findOneAndUpdate(
        { _id: objectId(payerId, 'payer') },
        { $set: { isActive } },
        { session, returnDocument: 'after' },
      )
      .lean();
    if (!row) throw notFoundError('payer');
    noteChange<Record<string, unknown>>(ctx, { isActive: !isActive }, { isActive }, ['isActive']);
    return toPayer(row);
  });
}
