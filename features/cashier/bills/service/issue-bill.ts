import 'server-only';
import type { ClientSession } from 'mongoose';
import { listDoctors } from '@/features/identity/staff/directory';
import { getPatient } from '@/features/patients/patients/queries';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { formatAmount } from '@/lib/currency';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, today } from '@/lib/time';
import type { BillSettings } from '../../bill-settings/dto';
import { wholeUnit } from '../../bill-settings/policy';
import { getBillSettings } from '../../bill-settings/queries';
import { fixCurrency, minorIn } from '../../bill-settings/service';
import { readPriced } from '../../price-list/queries';
import { taxClassesOf, taxComponentsOn } from '../../price-list/taxes';
import { actorIdOf } from '../../shifts/queries';
import { ensureMoneyDay, enterDay } from '../../shifts/service';
import { billAmounts, type Discount, discountShareBp } from '../amounts';
import { type Approver, confirmApprover } from '../approval';
import { type Bill, toBill } from '../dto';
import { billModel } from '../model';
import { consultationOf } from '../queries';
import type { IssueBillInput } from '../schema';
import { takeNumber } from './number';

/** More than any hospital bills at once; beneath it every sum is exact. */
const MOST_MINOR = 1e12;

/**
 * Issues a bill under the next number of its series, with a copy of what the price list says today. It is
 * never changed afterwards: what was wrong is taken back by a credit note. The same request key gives the
 * same bill.
 * @throws AppError CONFLICT for "no price", a price that has changed and a closed day; INVALID_INPUT for a
 * discount that needs a reason or somebody's approval.
 */
export async function issueBill(ctx: TenantContext, input: IssueBillInput): Promise<Bill> {
  const known = await findByKey(ctx, input.requestKey);
  if (known) return assertSame(known, input);
  await fixCurrency(ctx, ctx.organization.country);
  const [settings, patient, doctor] = await Promise.all([
    getBillSettings(ctx),
    getPatient(ctx, input.patientId),
    findDoctor(ctx, input.doctorId),
  ]);
  const first = await priceLines(ctx, settings, input, today(ctx.timeZone));
  const approver = await approverOf(ctx, settings, input, first.amounts);
  await ensureMoneyDay(ctx, first.day);
  const _id = newObjectId();
  try {
    return await auditedWrite(
      ctx,
      async (session) => {
        const at = new Date();
        const day = today(ctx.timeZone, at);
        const { lines, amounts } = await priceLines(ctx, settings, input, day, session);
        if (amounts.totalMinor !== first.amounts.totalMinor)
          throw new AppError('CONFLICT', 'A price has changed. Open the bill again.');
        await enterDay(ctx, day, session);
        const row = {
          _id,
          kind: 'bill' as const,
          day,
          at,
          patientId: objectId(patient.id, 'patient'),
          patient: { name: patient.name, number: patient.number },
          ...(input.visitId ? { visitId: objectId(input.visitId, 'visit') } : {}),
          ...(doctor ? { doctorId: objectId(doctor.id, 'doctor'), doctorName: doctor.name } : {}),
          ...amounts,
          lines: lines.map((line, index) => ({ ...line, ...amounts.lines[index] })),
          currency: settings.currency.code,
          roundStep: stepOf(settings),
          ...(amounts.discountMinor > 0 && input.discountReason
            ? { discountReason: input.discountReason }
            : {}),
          ...(approver ? { approvedById: approver.id, approvedByName: approver.name } : {}),
          supplier: supplierOf(settings),
          paidMinor: 0,
          creditedMinor: 0,
          dueMinor: amounts.totalMinor,
          isDue: amounts.totalMinor > 0,
          isCredited: false,
          prints: 0,
          requestKey: input.requestKey,
          byUserId: actorIdOf(ctx),
          byName: ctx.actor.name,
          number: await takeNumber(ctx, settings, { kind: 'bill', day }, session),
        };
        await billModel(ctx).create([row], { session });
        ctx.audit?.about(`bill:${_id}`);
        const audited = [
          'number',
          'totalMinor',
          'discountMinor',
          'discountReason',
          'approvedByName',
        ] as const;
        noteChange<Record<string, unknown>>(ctx, null, row, audited);
        return toBill(await billModel(ctx).findById(_id).session(session).orFail().lean());
      },
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
    bill.patientId === patientId &&
    bill.lines.length === lines.length &&
    bill.lines.every(({ serviceId, quantity }, index) => {
      const typed = lines[index];
      return typed?.serviceId === serviceId && typed.quantity === quantity;
    });
  if (isSame) return bill;
  const sentence = `This bill has been issued as ${bill.number}. Begin a new bill for what was added.`;
  throw new AppError('CONFLICT', sentence);
}

export async function findByKey(ctx: TenantContext, requestKey: string): Promise<Bill | null> {
  const row = await billModel(ctx).findOne({ requestKey }).lean();
  return row ? toBill(row) : null;
}

async function findDoctor(ctx: TenantContext, doctorId: string | undefined) {
  if (!doctorId) return null;
  const doctor = (await listDoctors(ctx)).find(({ id }) => id === doctorId);
  if (!doctor) throw notFoundError('doctor');
  return doctor;
}

const stepOf = ({ isRounded, currency }: BillSettings): number => (isRounded ? wholeUnit(currency.code) : 1);

export const supplierOf = ({ legalName, address, taxNumber }: BillSettings) => ({
  name: legalName,
  address,
  ...(taxNumber ? { taxNumber } : {}),
});

/** The lines as the price list has them on the day, and what they come to. */
async function priceLines(
  ctx: TenantContext,
  settings: BillSettings,
  input: IssueBillInput,
  day: Day,
  session?: ClientSession,
) {
  const ids = [...new Set(input.lines.map(({ serviceId }) => serviceId))];
  const services = await readPriced(ctx, ids, { day, ...(session ? { session } : {}) });
  const { country, taxNumber, currency } = settings;
  const isFreeDue =
    input.lines.some(({ isFree }) => isFree) && (await hasFreeReview(ctx, settings, input, day));
  const lines = input.lines.map((line) => {
    const service = services.get(line.serviceId);
    if (!service) throw notFoundError('service');
    const { code, name, group, consultation, taxClass, price } = service;
    if (!price || !service.isActive)
      throw new AppError('CONFLICT', `There is no price for ${name} today. Set one in the price list first.`);
    if (line.isFree && !(isFreeDue && consultation === 'review'))
      throw new AppError('CONFLICT', `${name} is not free for this patient and doctor today.`);
    const unitMinor = line.isFree ? 0 : price.amountMinor;
    if (unitMinor !== line.unitMinor)
      throw new AppError(
        'CONFLICT',
        `The price of ${name} has changed to ${formatAmount(unitMinor, currency)}. Open the bill again.`,
      );
    return {
      serviceId: objectId(service.id, 'service'),
      ...{ code, name, group },
      ...(consultation ? { consultation } : {}),
      isFree: line.isFree,
      hsn: taxClassesOf(country)[taxClass]?.hsn ?? '',
      quantity: line.quantity,
      unitMinor,
      isInclusive: price.isInclusive,
      components: taxComponentsOn({ country, isRegistered: taxNumber !== null }, taxClass, day),
      creditedQuantity: 0,
    };
  });
  const amounts = billAmounts(lines, discountOf(settings, input), stepOf(settings));
  if (amounts.grossMinor > MOST_MINOR)
    throw new AppError('INVALID_INPUT', 'This is more than a bill can hold.');
  return { day, lines: lines.map(({ components: _, ...line }) => line), amounts };
}

async function hasFreeReview(
  ctx: TenantContext,
  { reviewDays }: BillSettings,
  input: IssueBillInput,
  day: Day,
): Promise<boolean> {
  const { patientId, doctorId = null } = input;
  const { freeUntil } = await consultationOf(
    ctx,
    { patientId, doctorId, day, hasComeBefore: true },
    reviewDays,
  );
  return freeUntil !== null;
}

function discountOf({ currency }: BillSettings, input: IssueBillInput): Discount | null {
  if (input.discountKind === 'none') return null;
  if (input.discountKind === 'rate') {
    if (input.discountRate === undefined)
      throw new AppError('INVALID_INPUT', 'Enter the discount.', { field: 'discountRate' });
    return { rateBp: input.discountRate };
  }
  if (input.discountAmount === undefined)
    throw new AppError('INVALID_INPUT', 'Enter the discount.', { field: 'discountAmount' });
  return { amountMinor: minorIn(currency.code, input.discountAmount, 'discountAmount') };
}

/** Who approves the discount; null where it is within the limit, or of somebody who may give it alone. */
async function approverOf(
  ctx: TenantContext,
  { discountLimitBp }: BillSettings,
  input: IssueBillInput,
  amounts: { grossMinor: number; discountMinor: number },
): Promise<Approver | null> {
  if (amounts.discountMinor === 0) return null;
  if (!input.discountReason)
    throw new AppError('INVALID_INPUT', 'Choose the reason of the discount.', { field: 'discountReason' });
  if (discountShareBp(amounts) <= discountLimitBp || ctx.can('discounts:write')) return null;
  return confirmApprover(ctx, input);
}
