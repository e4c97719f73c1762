import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { AppError } from '@/lib/errors';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Day } from '@/lib/time';
import type { BillSettings } from '../../bill-settings/dto';
import { minorIn } from '../../bill-settings/service';
import type { ClaimMode } from '../../claims/policy';
import { type ChosenPayer, readPayerChoice } from '../../claims/queries';
import { openClaim } from '../../claims/service';
import { payerShare, type Share, shareProblem } from '../../coverages/policy';
import { billModel } from '../model';
import type { ShareInput } from '../schema';

/** Who was chosen to pay; null where the patient pays all. @throws AppError NOT_FOUND, CONFLICT. */
export async function readChosen(
  ctx: TenantContext,
  { payerChoice, patientId }: { payerChoice?: string | undefined; patientId: string },
  day: Day,
  session?: ClientSession,
): Promise<ChosenPayer | null> {
  return payerChoice ? readPayerChoice(ctx, { choice: payerChoice, patientId, day }, session) : null;
}

const refuse = (sentence: string, field: string) => new AppError('INVALID_INPUT', sentence, { field });

/**
 * The payer's share of an amount in the smallest unit; 0 without one.
 * @throws AppError INVALID_INPUT for a share that was not said, or that is nothing.
 */
export function shareOf(
  { currency }: BillSettings,
  input: ShareInput,
  chosen: ChosenPayer | null,
  { totalMinor, notPayableMinor = 0 }: { totalMinor: number; notPayableMinor?: number },
): number {
  if (!chosen) return 0;
  const { coverage, authorization } = chosen;
  const minor = (text: string | undefined, field: string) =>
    text === undefined ? 0 : minorIn(currency.code, text, field);
  let share: Share = { kind: 'covered' };
  if (input.shareKind === 'rate') {
    if (input.shareRate === undefined) throw refuse('Enter their share in percent.', 'shareRate');
    share = { kind: 'rate', rateBp: input.shareRate };
  } else if (input.shareKind === 'amount') {
    share = { kind: 'amount', minor: minor(input.shareAmount, 'shareAmount') };
  }
  const terms = {
    share,
    notCoveredMinor: minor(input.notCovered, 'notCovered') + notPayableMinor,
    limitMinor: authorization ? authorization.approvedMinor : (coverage?.limitMinor ?? null),
    coPayBp: coverage?.coPayBp ?? 0,
  };
  const problem = shareProblem(totalMinor, terms, currency);
  if (problem) throw refuse(problem.sentence, problem.field);
  const found = payerShare(totalMinor, terms);
  if (found <= 0)
    throw refuse(
      'This leaves nothing for the payer. Enter a share, or let the patient pay all.',
      input.shareKind === 'rate' ? 'shareRate' : input.shareKind === 'amount' ? 'shareAmount' : 'payerChoice',
    );
  return found;
}

type ShareBill = {
  _id: Types.ObjectId;
  number: string;
  patientId: Types.ObjectId;
  patient: { name: string; number: string };
};

/** Asks the payer for its share of a bill, whose row says already that it takes it over. */
export async function claimShare(
  ctx: TenantContext,
  chosen: ChosenPayer,
  { bill, shareMinor, mode }: { bill: ShareBill; shareMinor: number; mode: ClaimMode },
  scope: Parameters<typeof openClaim>[3],
): Promise<void> {
  const claimed = {
    ...{ billId: bill._id, billNumber: bill.number, patientId: bill.patientId },
    patient: { name: bill.patient.name, number: bill.patient.number },
  };
  const { openMinor } = await openClaim(ctx, chosen, { bill: claimed, shareMinor, mode }, scope);
  if (openMinor > 0)
    await billModel(ctx).updateOne(
      { _id: bill._id },
      { $inc: { payerDueMinor: openMinor } },
      { session: scope.session },
    );
}
