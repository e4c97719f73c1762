import 'server-only';
import { findDoctor } from '@/features/identity/staff/directory';
import { getPatientInUse } from '@/features/patients/patients/queries';
import { auditedWrite } from '@/lib/audit/audited';
import { AppError, duplicateKey } from '@/lib/errors';
import { newObjectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import type { BillSettings } from '../../bill-settings/dto';
import { getBillSettings } from '../../bill-settings/queries';
import { fixCurrency } from '../../bill-settings/service';
import { ensureMoneyDay } from '../../shifts/service';
import { discountShareBp, notPayableOf } from '../amounts';
import { type Approver, confirmApprover } from '../approval';
import { type Bill, toBill } from '../dto';
import { billModel } from '../model';
import type { IssueBillInput } from '../schema';
import { readChosen, shareOf } from './payer-share';
import { priceLines } from './price-lines';
import { type OnIssued, writeBill } from './write-bill';

/**
 * Issues a bill under the next number of its series, with a copy of what the price list says today. It is
 * never changed afterwards: what was wrong is taken back by a credit note. The same request key gives the
 * same bill.
 * @throws AppError CONFLICT for "no price", a price that has changed and a closed day; INVALID_INPUT for a
 * discount that needs a reason or somebody's approval.
 */
export async function issueBill(
  ctx: TenantContext,
  input: IssueBillInput,
  onIssued?: OnIssued,
): Promise<Bill> {
  const known = await findByKey(ctx, input.requestKey);
  if (known) return assertSame(known, input);
  await fixCurrency(ctx, ctx.organization.country);
  const [settings, patient, doctor] = await Promise.all([
    getBillSettings(ctx),
    getPatientInUse(ctx, input.patientId),
    input.doctorId ? findDoctor(ctx, input.doctorId) : null,
  ]);
  const chosen = await readChosen(ctx, input, today(ctx.timeZone));
  const payerId = chosen?.payer.id;
  const first = await priceLines(ctx, settings, input, { day: today(ctx.timeZone), payerId });
  const { totalMinor } = first.amounts;
  const notPayableMinor = notPayableOf(first.amounts, input.lines);
  const shareMinor = shareOf(settings, input, chosen, { totalMinor, notPayableMinor });
  // What a government scheme pays is fixed: less for the patient would be taken from it.
  if (chosen?.payer.kind === 'scheme' && first.amounts.discountMinor > 0)
    throw new AppError('INVALID_INPUT', `${chosen.payer.name} pays fixed prices. Take the discount off.`, {
      field: 'discountKind',
    });
  const waivedMinor = chosen?.payer.isOwnFund ? shareMinor : 0;
  const approver = await approverOf(ctx, settings, input, { ...first.amounts, waivedMinor });
  await ensureMoneyDay(ctx, first.day);
  const _id = newObjectId();
  try {
    return await auditedWrite(
      ctx,
      (session) =>
        writeBill(ctx, session, {
          ...{ _id, settings, input, doctor, approver, chosen, shareMinor, onIssued },
          totalMinor: first.amounts.totalMinor,
          to: { patientId: patient.id, name: patient.name, number: patient.number },
        }),
      { inTurn: 'money' },
    );
  } catch (error) {
    const twice = duplicateKey(error) ? await findByKey(ctx, input.requestKey) : null;
    if (twice) return assertSame(twice, input);
    throw error;
  }
}

/** Going back in the browser brings the page with its key again: what was changed there is another bill. */
function assertSame(bill: Bill, { patientId, lines }: IssueBillInput): Bill {
  const isSame =
    bill.kind === 'bill' &&
    bill.patientId === patientId &&
    bill.lines.length === lines.length &&
    bill.lines.every(({ serviceId, chargeId, quantity }, index) => {
      const typed = lines[index];
      if (typed?.quantity !== quantity) return false;
      return typed.chargeId ? typed.chargeId === chargeId : typed.serviceId === serviceId;
    });
  if (isSame) return bill;
  const sentence = `This bill has been issued as ${bill.number}. Begin a new bill for what was added.`;
  throw new AppError('CONFLICT', sentence);
}

export async function findByKey(ctx: TenantContext, requestKey: string): Promise<Bill | null> {
  const row = await billModel(ctx).findOne({ requestKey }).lean();
  return row ? toBill(row) : null;
}

/**
 * Who approves the discount, or that the hospital bears a share; null where it is within the limit, or of
 * somebody who may give it alone.
 */
async function approverOf(
  ctx: TenantContext,
  { discountLimitBp }: BillSettings,
  input: IssueBillInput,
  { grossMinor, discountMinor, waivedMinor }: Record<'grossMinor' | 'discountMinor' | 'waivedMinor', number>,
): Promise<Approver | null> {
  if (discountMinor + waivedMinor === 0) return null;
  if (discountMinor > 0 && !input.discountReason)
    throw new AppError('INVALID_INPUT', 'Choose the reason of the discount.', { field: 'discountReason' });
  const given = { grossMinor, discountMinor: discountMinor + waivedMinor };
  if (discountShareBp(given) <= discountLimitBp || ctx.can('discounts:write')) return null;
  return confirmApprover(ctx, input);
}
