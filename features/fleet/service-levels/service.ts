import 'server-only';
import { monthlyCents } from '@/features/subscription/billing/policy';
import { giveCredit } from '@/features/subscription/concessions/service';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { decimalOf } from '@/lib/currency';
import { AppError, notFoundError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId, op } from '@/lib/mongo';
import { dayOf, monthOf } from '@/lib/time';
import { serviceMonthModel } from './model';
import { creditPercentOf } from './policy';
import type { SettleMonthInput } from './schema';

/** A share of the month's fee, as people write it. @throws AppError CONFLICT without a fee. */
async function creditOf(organizationId: string, percent: number): Promise<string> {
  const row = await organizationModel
    .findById(objectId(organizationId))
    .select('subscription')
    .orFail(notFoundError('organization'))
    .lean();
  const fee = row.subscription ? monthlyCents(row.subscription) : 0;
  const minor = Math.round((fee * percent) / 100);
  if (!row.subscription || minor <= 0)
    throw new AppError('CONFLICT', 'They pay nothing at the moment, so there is nothing to credit.');
  return decimalOf(minor, row.subscription.currency.toUpperCase());
}

/**
 * Decides what becomes of a month in which a promise was missed: the credit that is due, or none with a
 * reason. A month is credited once, however often it is pressed.
 * @returns what was done, in words.
 * @throws AppError NOT_FOUND, CONFLICT for a month that runs, was kept, or is settled.
 */
export async function settleMonth(
  ctx: PlatformContext,
  { organizationId, month, decision, reason }: SettleMonthInput,
  now = new Date(),
): Promise<string> {
  const of = { organizationId: objectId(organizationId, 'organization'), month };
  const row = await serviceMonthModel.findOne(of).lean();
  if (!row) throw notFoundError('month');
  if (row.settlement) throw new AppError('CONFLICT', 'This month is settled already.');
  const percent = month < monthOf(dayOf(now, 'UTC')) ? creditPercentOf(row) : 0;
  if (percent === 0)
    throw new AppError('CONFLICT', 'The promise was kept in this month, or the month is not over yet.');
  const settle = (kind: 'credited' | 'waived', words: string) => ({
    $set: { settlement: { kind, at: now, byName: ctx.actor.name, words } },
  });
  const unsettled = { ...of, settlement: op({ $exists: false }) };
  if (decision === 'waive') {
    await auditedMasterWrite(ctx, async (session) => {
      const { matchedCount } = await serviceMonthModel.updateOne(unsettled, settle('waived', reason), {
        session,
      });
      if (matchedCount === 0) throw new AppError('CONFLICT', 'This month is settled already.');
      noteChange(ctx, { waived: '', givenReason: '' }, { waived: month, givenReason: reason }, [
        'waived',
        'givenReason',
      ]);
    });
    return 'No credit is given';
  }
  const words = await giveCredit(
    ctx,
    { organizationId, amount: await creditOf(organizationId, percent), reason },
    // Of the month and not of the press: it is given once, also after a crash between the two.
    `service-level/${organizationId}/${month}`,
  );
  // Also over a decision that came meanwhile: the money has gone.
  await serviceMonthModel.updateOne(of, settle('credited', words));
  return words;
}
