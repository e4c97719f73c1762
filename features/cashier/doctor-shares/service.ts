import 'server-only';
import { findDoctor } from '@/features/identity/staff/directory';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { getBillSettings } from '../bill-settings/queries';
import { minorIn } from '../bill-settings/service';
import { NO_END } from '../price-list/policy';
import { type DoctorShareRule, toShareRule } from './dto';
import { shareRuleModel } from './model';
import type { AddShareRuleInput } from './schema';

/**
 * What a doctor has from a day on. What counted for the same services ends the day before.
 * @throws AppError NOT_FOUND; INVALID_INPUT for a day that has passed: its month may be paid.
 */
export async function addShareRule(ctx: TenantContext, input: AddShareRuleInput): Promise<DoctorShareRule> {
  const doctor = await findDoctor(ctx, input.doctorId);
  if (input.from < today(ctx.timeZone))
    throw new AppError('INVALID_INPUT', 'A rule begins today or later.', { field: 'from' });
  const { currency } = await getBillSettings(ctx);
  const { group, basis, from } = input;
  const doctorId = objectId(doctor.id, 'doctor');
  const row = {
    ...{ doctorId, doctorName: doctor.name, basis, from, to: NO_END, byName: ctx.actor.name },
    ...(group ? { group } : {}),
    ...(input.rate === undefined ? {} : { rateBp: input.rate }),
    ...(input.fixed === undefined ? {} : { fixedMinor: minorIn(currency.code, input.fixed, 'fixed') }),
  };
  return auditedWrite(ctx, async (session) => {
    const open = await shareRuleModel(ctx)
      .find({ doctorId, to: op({ $gte: from }), group: group ?? op({ $exists: false }) })
      .session(session)
      .lean();
    for (const one of open) {
      const to = shiftDay(one.from < from ? from : one.from, -1);
      await shareRuleModel(ctx).updateOne({ _id: one._id }, { $set: { to } }, { session });
    }
    const [made] = await shareRuleModel(ctx).create([row], { session });
    if (!made) throw new Error('The rule was not stored');
    ctx.audit?.about(`share-rule:${made._id}`);
    noteChange<Record<string, unknown>>(ctx, null, row, [
      ...(['doctorName', 'group', 'basis', 'rateBp', 'fixedMinor', 'from'] as const),
    ]);
    return toShareRule(made.toObject());
  });
}

/** Ends a rule today; what was billed until now keeps it. @throws AppError NOT_FOUND, CONFLICT. */
export async function endShareRule(ctx: TenantContext, ruleId: string): Promise<DoctorShareRule> {
  const _id = objectId(ruleId, 'rule');
  const day = today(ctx.timeZone);
  return auditedWrite(ctx, async (session) => {
    const before = await shareRuleModel(ctx).findById(_id).session(session).lean();
    if (!before) throw notFoundError('rule');
    if (before.to <= day) throw new AppError('CONFLICT', 'This rule has ended already.');
    const to = before.from > day ? shiftDay(before.from, -1) : day;
    const row = await shareRuleModel(ctx)
      .findOneAndUpdate({ _id }, { $set: { to } }, { session, returnDocument: 'after' })
      .orFail()
      .lean();
    noteChange<Record<string, unknown>>(ctx, before, row, ['to']);
    return toShareRule(row);
  });
}
