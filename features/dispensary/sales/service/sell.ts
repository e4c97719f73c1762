import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { fixCurrency } from '@/features/cashier/bill-settings/service';
import { discountShareBp } from '@/features/cashier/bills/amounts';
import { type Approver, confirmApprover } from '@/features/cashier/bills/approval';
import { writeBill } from '@/features/cashier/bills/service';
import { sourceKey, WALK_IN } from '@/features/cashier/charges/policy';
import { chargesOfDispense } from '@/features/cashier/charges/queries';
import { ensureMoneyDay } from '@/features/cashier/shifts/service';
import { getPatientInUse } from '@/features/patients/patients/queries';
import { type ControlClass, controlClassOf } from '@/features/pharmacy/medicines/control-classes';
import { takeFirstExpiring } from '@/features/pharmacy/medicines/service/ledger';
import { getPharmacySettings } from '@/features/pharmacy/pharmacy-settings/queries';
import { auditedWrite } from '@/lib/audit/audited';
import { AppError, duplicateKey } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import { storedAt } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, today } from '@/lib/time';
import { chargeGiven } from '../../dispenses/charge-given';
import { type Dispense, toDispense } from '../../dispenses/dto';
import { dispenseModel } from '../../dispenses/model';
import type { DispensedLine, Sale } from '../../dispenses/policy';
import { paperProblem, soldAs } from '../policy';
import type { SellInput } from '../schema';
import { keepPapers } from './attach-paper';

/**
 * Sells at the counter without a prescription of the hospital: stock, ledger, charges and the bill in one
 * transaction. The same press that arrives twice happens once.
 * @throws AppError CONFLICT for what is not there, has expired, is held or has no price, and where it comes
 * to another sum than was shown; INVALID_INPUT without what the class of the law asks for, and for a discount
 * that needs a reason or somebody's approval; NOT_FOUND.
 */
export async function sell(ctx: TenantContext, input: SellInput, now = new Date()): Promise<Dispense> {
  const { requestKey } = input;
  const find = async (session: ClientSession | null = null) => {
    const row = await dispenseModel(ctx).findOne({ requestKey }).session(session).lean();
    return row ? assertSame(toDispense(row), input) : null;
  };
  const known = await find();
  if (known) return known;
  await fixCurrency(ctx, ctx.organization.country);
  const settings = await getBillSettings(ctx);
  const approver = await approverOf(ctx, input);
  const patient = input.patientId ? await getPatientInUse(ctx, input.patientId) : null;
  const day = today(ctx.timeZone, now);
  await ensureMoneyDay(ctx, day);
  const dispenseId = newObjectId();
  const billId = newObjectId();
  const sale = saleOf(input, patient);
  // Without a record of theirs the bill is of this sale alone.
  const to = { patientId: patient?.id ?? dispenseId.toString(), ...sale.buyer };
  try {
    return await auditedWrite(
      ctx,
      async (session) => {
        // The same press at the same moment: before it finds the shelf emptied by itself.
        const same = await find(session);
        if (same) return same;
        const taken: Taken[] = [];
        for (const [index, asked] of input.lines.entries())
          taken.push(await giveLine(ctx, session, { input, asked, dispenseId, lineId: String(index + 1) }));
        await assertPaper(ctx, session, { input, taken, day });
        const given = taken.map(({ line }) => line);
        const charged = {
          patientId: to.patientId,
          patientName: to.name,
          patientNumber: to.number,
          visitId: null,
        };
        await chargeGiven(ctx, session, charged, { dispenseId, given, at: now });
        const charges = await chargesOfDispense(ctx, dispenseId, session);
        const lines = given.flatMap(({ lineId }) => {
          const charge = charges.get(sourceKey.dispense(dispenseId.toString(), lineId));
          if (!charge) return [];
          return [
            {
              chargeId: charge.id,
              quantity: charge.quantity,
              unitMinor: charge.unitMinor ?? 0,
              isFree: false,
            },
          ];
        });
        await dispenseModel(ctx).create(
          [
            {
              ...{ _id: dispenseId, requestKey, billId, day, at: now },
              ...storedAt(ctx.branch),
              ...(patient ? { patientId: objectId(patient.id, 'patient') } : {}),
              ...{ content: JSON.stringify(given), sale: JSON.stringify(sale) },
              byUserId: ctx.actor.kind === 'staff' ? ctx.actor.userId : 'system',
              byName: ctx.actor.name,
            },
          ],
          { session },
        );
        const bill = await writeBill(ctx, session, {
          ...{ _id: billId, settings, doctor: null, approver, chosen: null, shareMinor: 0 },
          totalMinor: input.totalMinor,
          to: { patientId: to.patientId, name: to.name, number: to.number },
          input: {
            ...{ patientId: to.patientId, doctorId: undefined, visitId: undefined, lines, requestKey },
            ...{ discountKind: input.discountKind, discountRate: input.discountRate },
            ...{ discountAmount: input.discountAmount, discountReason: input.discountReason },
          },
        });
        // By what it came to: the lots, and so the prices, are known only now.
        if (!approver && !ctx.can('discounts:write') && discountShareBp(bill) > settings.discountLimitBp)
          throw new AppError('INVALID_INPUT', 'This discount is above your limit. Choose who approves it.', {
            field: 'approverId',
          });
        return toDispense(await dispenseModel(ctx).findById(dispenseId).session(session).orFail().lean());
      },
      { inTurn: 'money' },
    );
  } catch (error) {
    const twice = duplicateKey(error) ? await find() : null;
    if (twice) return twice;
    throw error;
  }
}

/** Who has approved the discount; null where nobody had to, which is held against the limit with the bill. */
async function approverOf(ctx: TenantContext, input: SellInput): Promise<Approver | null> {
  if (input.discountKind === 'none') return null;
  if (!input.discountReason)
    throw new AppError('INVALID_INPUT', 'Choose the reason of the discount.', { field: 'discountReason' });
  return input.approverId && !ctx.can('discounts:write') ? confirmApprover(ctx, input) : null;
}

function saleOf(
  { buyerName, buyerPhone, prescriber, prescriberAddress, paperDay }: SellInput,
  patient: Awaited<ReturnType<typeof getPatientInUse>> | null,
): Sale {
  const buyer = patient
    ? { name: patient.name, number: patient.number }
    : {
        name: buyerName ?? 'Walk-in customer',
        number: WALK_IN,
        ...(buyerPhone ? { phone: buyerPhone } : {}),
      };
  return {
    buyer,
    ...(prescriber
      ? { prescriber: { name: prescriber, ...(prescriberAddress ? { address: prescriberAddress } : {}) } }
      : {}),
    ...(paperDay ? { paperDay } : {}),
  };
}

type Giving = {
  input: SellInput;
  asked: SellInput['lines'][number];
  dispenseId: Types.ObjectId;
  lineId: string;
};
type Taken = { line: DispensedLine; watched: ControlClass | null };

async function giveLine(
  ctx: TenantContext,
  session: ClientSession,
  { input, asked, dispenseId, lineId }: Giving,
): Promise<Taken> {
  const { quantity, batchId } = asked;
  const { medicine, lots } = await takeFirstExpiring(ctx, session, {
    medicineId: objectId(asked.medicineId, 'medicine'),
    batchId: batchId ? objectId(batchId, 'lot') : undefined,
    ...{ quantity, dispenseId, lineId, storeId: input.storeId, field: `lines.${soldAs(asked)}` },
  });
  const name = [medicine.name, medicine.strength].filter(Boolean).join(' ');
  return {
    line: { lineId, name, unit: medicine.unit, medicineId: asked.medicineId, quantity, lots },
    watched: controlClassOf(ctx.organization.country, medicine.controlClass),
  };
}

/**
 * Holds what was shown against what the classes of the lines ask for.
 * @throws AppError INVALID_INPUT with what is missing.
 */
async function assertPaper(
  ctx: TenantContext,
  session: ClientSession,
  { input, taken, day }: { input: SellInput; taken: readonly Taken[]; day: Day },
): Promise<void> {
  const asks = (scan: ControlClass['scan']) => taken.some(({ watched }) => watched?.scan === scan);
  const isAsked = asks('asked') && (await getPharmacySettings(ctx, session)).isScanAsked;
  const isScanned = (asks('asked') || asks('offered')) && (await keepPapers(ctx, input.requestKey, session));
  for (const { line, watched } of taken) {
    const problem = paperProblem(
      line.name,
      {
        needsPaper: watched?.needsPrescription ?? false,
        needsName: watched?.hasRegister ?? false,
        needsScan: isAsked && watched?.scan === 'asked',
      },
      { ...input, isNamed: Boolean(input.patientId ?? input.buyerName), isScanned },
      day,
    );
    if (problem) throw new AppError('INVALID_INPUT', problem.sentence, { field: problem.field });
  }
}

/** Going back in the browser brings the page with its key again: what was changed there is another sale. */
function assertSame(dispense: Dispense, { lines, patientId }: SellInput): Dispense {
  const isSame =
    dispense.sale !== null &&
    dispense.patientId === (patientId ?? null) &&
    dispense.lines.length === lines.length &&
    dispense.lines.every(
      ({ medicineId, quantity }, index) =>
        lines[index]?.medicineId === medicineId && lines[index]?.quantity === quantity,
    );
  if (isSame) return dispense;
  throw new AppError(
    'CONFLICT',
    'This was sold from this page already. Begin a new sale for what was added.',
  );
}
