import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { noteChange } from '@/lib/audit/changes';
import { formatAmount } from '@/lib/currency';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import { storedAt } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import type { BillSettings } from '../../bill-settings/dto';
import { stateOfTaxNumber } from '../../bill-settings/states';
import { sourceKey } from '../../charges/policy';
import { isVisitOfOther } from '../../charges/queries';
import { billCharges, billVisit } from '../../charges/service';
import type { ChosenPayer } from '../../claims/queries';
import { actorIdOf } from '../../shifts/queries';
import { enterDay } from '../../shifts/service';
import type { Approver } from '../approval';
import { type Bill, toBill } from '../dto';
import { billModel } from '../model';
import type { IssueBillInput } from '../schema';
import { takeNumber } from './number';
import { claimShare, readChosen } from './payer-share';
import { type BillFacts, priceLines, stepOf } from './price-lines';
import { sellPackages } from './sell-packages';

export const supplierOf = (
  { legalName, address, taxNumber }: BillSettings,
  licences?: string | null | undefined,
) => ({
  name: legalName,
  address,
  ...(taxNumber ? { taxNumber } : {}),
  ...(licences ? { licences } : {}),
});

/** India: where it is supplied, which a registered hospital says on its bills. */
function placeOf({ country, taxNumber }: BillSettings, { placeOfSupply }: BillFacts) {
  const own = stateOfTaxNumber(country, taxNumber);
  return own === null ? {} : { placeOfSupply: placeOfSupply ?? own };
}

/** What is written with a bill, in its transaction: that an estimate has become it. */
export type OnIssued = (
  bill: { id: Types.ObjectId; number: string },
  session: ClientSession,
) => Promise<void>;

type Writing = {
  _id: Types.ObjectId;
  settings: BillSettings;
  input: BillFacts &
    Pick<IssueBillInput, 'visitId' | 'discountReason' | 'requestKey'> &
    Partial<Pick<IssueBillInput, 'payerChoice'>>;
  to: { patientId: string; name: string; number: string };
  doctor: { id: string; name: string } | null;
  approver: Approver | null;
  /** Who pays a share of it, and how much; the patient pays all where nobody was chosen. */
  chosen: ChosenPayer | null;
  shareMinor: number;
  onIssued?: OnIssued | undefined;
  /** What was shown: a bill of another sum is not written. */
  totalMinor: number;
};

/**
 * Writes a bill in the caller's transaction, under the next number of its series. The money's day must be
 * there (`ensureMoneyDay`).
 * @throws AppError CONFLICT for "no price", a price that has changed and a closed day.
 */
export async function writeBill(
  ctx: TenantContext,
  session: ClientSession,
  { _id, settings, input, to, doctor, approver, chosen, shareMinor, onIssued, totalMinor }: Writing,
): Promise<Bill> {
  const at = new Date();
  const day = today(ctx.timeZone, at);
  const payerId = chosen?.payer.id;
  const { lines, amounts, licences } = await priceLines(ctx, settings, input, { day, payerId, session });
  // Read again: an approval that another bill has taken meanwhile is refused.
  const taken = await readChosen(ctx, { ...input, patientId: to.patientId }, day, session);
  if (amounts.totalMinor !== totalMinor)
    throw new AppError(
      'CONFLICT',
      `A price has changed: it comes to ${formatAmount(amounts.totalMinor, settings.currency)}. Open the bill again.`,
    );
  await enterDay(ctx, day, session);
  const patientId = objectId(to.patientId, 'patient');
  const { visitId } = input;
  if (visitId && (await isVisitOfOther(ctx, { visitId, patientId: to.patientId }, session)))
    throw notFoundError('visit');
  const charged = lines.flatMap(({ chargeId }) => chargeId ?? []);
  await billCharges(ctx, charged, { billId: _id, patientId }, session);
  // By hand, or an earlier page's: the visit has its consultation, and its charge is this one.
  if (visitId && lines.some(({ chargeId, consultation }) => !chargeId && consultation))
    await billVisit(ctx, sourceKey.visit(visitId), { billId: _id, patientId }, session);
  const row = {
    _id,
    kind: 'bill' as const,
    ...storedAt(ctx.branch),
    day,
    at,
    patientId,
    patient: { name: to.name, number: to.number },
    ...(visitId ? { visitId: objectId(visitId, 'visit') } : {}),
    ...(doctor ? { doctorId: objectId(doctor.id, 'doctor'), doctorName: doctor.name } : {}),
    ...amounts,
    lines: lines.map((line, index) => ({ ...line, ...amounts.lines[index] })),
    currency: settings.currency.code,
    roundStep: stepOf(settings),
    ...(amounts.discountMinor > 0 && input.discountReason ? { discountReason: input.discountReason } : {}),
    ...(approver ? { approvedById: approver.id, approvedByName: approver.name } : {}),
    supplier: supplierOf(settings, licences),
    ...placeOf(settings, input),
    ...(chosen?.payer.taxNumber && shareMinor === amounts.totalMinor
      ? { recipient: { name: chosen.payer.name, taxNumber: chosen.payer.taxNumber } }
      : {}),
    ...{ paidMinor: 0, creditedMinor: 0, payerMinor: shareMinor, payerDueMinor: 0 },
    dueMinor: amounts.totalMinor - shareMinor,
    isDue: amounts.totalMinor > shareMinor,
    isCredited: false,
    prints: 0,
    requestKey: input.requestKey,
    byUserId: actorIdOf(ctx),
    byName: ctx.actor.name,
    number: await takeNumber(ctx, settings, { kind: 'bill', day }, session),
  };
  await billModel(ctx).create([row], { session });
  await sellPackages(ctx, { ...row, id: _id }, lines, session);
  if (taken)
    await claimShare(ctx, taken, { bill: row, shareMinor, mode: 'cashless' }, { session, settings, at, day });
  await onIssued?.({ id: _id, number: row.number }, session);
  ctx.audit?.about(`bill:${_id}`);
  const audited = [
    'number',
    'totalMinor',
    'discountMinor',
    'discountReason',
    'approvedByName',
    'payerMinor',
  ] as const;
  noteChange<Record<string, unknown>>(ctx, null, row, audited);
  return toBill(await billModel(ctx).findById(_id).session(session).orFail().lean());
}
