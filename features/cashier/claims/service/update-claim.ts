import 'server-only';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { minorIn } from '../../bill-settings/service';
import { type Claim, type ClaimRow, toClaim } from '../dto';
import { withEvent } from '../history';
import { claimModel } from '../model';
import { CLAIM_STEPS, stepsOf, turnOf } from '../policy';
import type { UpdateClaimInput } from '../schema';

const invalid = (sentence: string, field: string) => new AppError('INVALID_INPUT', sentence, { field });

type Facts = {
  approvedMinor?: number;
  askedMinor?: number;
  validUntil?: string;
  claimNumber?: string;
  authorizationNumber?: string;
};

/** What a step writes beside the state. @throws AppError INVALID_INPUT for what it must say and does not. */
function factsOf(row: ClaimRow, { step, amount, reference, note, until }: UpdateClaimInput): Facts {
  const amountMinor = amount === undefined ? undefined : minorIn(row.currency, amount, 'amount');
  const isClaim = row.stage === 'claim';
  const number = !reference ? {} : isClaim ? { claimNumber: reference } : { authorizationNumber: reference };
  if ((step === 'query' || step === 'answer' || step === 'reject') && !note)
    throw invalid('Write it down in a few words.', 'note');
  if (step === 'approve') {
    if (amountMinor === undefined || amountMinor <= 0) throw invalid('Enter the amount approved.', 'amount');
    const most = isClaim ? row.claimedMinor : null;
    if (most !== null && amountMinor > most)
      throw invalid('This is more than was claimed. Check the amount.', 'amount');
    return { approvedMinor: amountMinor, ...number, ...(until ? { validUntil: until } : {}) };
  }
  if (step === 'enhance') {
    if (amountMinor === undefined || amountMinor <= (row.approvedMinor ?? 0))
      throw invalid('Enter the whole amount that is asked for now, more than was approved.', 'amount');
    return { askedMinor: amountMinor };
  }
  return number;
}

/**
 * Takes a claim one step on: sent, asked about, answered, approved, rejected, asked for more, withdrawn.
 * @throws AppError NOT_FOUND; CONFLICT where it has moved on meanwhile, or cannot take this step.
 */
export async function updateClaim(ctx: TenantContext, input: UpdateClaimInput): Promise<Claim> {
  const _id = objectId(input.claimId, 'claim');
  return auditedWrite(ctx, async (session) => {
    const before = await claimModel(ctx).findById(_id).session(session).lean();
    if (!before) throw notFoundError('claim');
    if (before.version !== input.version)
      throw new AppError('CONFLICT', 'A colleague has taken this claim on meanwhile. Look at it again.');
    if (!stepsOf(before).includes(input.step))
      throw new AppError('CONFLICT', 'This claim cannot take this step now.', { field: 'step' });
    const { stage, mode } = before;
    const status = CLAIM_STEPS[input.step].to;
    const facts = factsOf(before, input);
    const at = new Date();
    const row = await claimModel(ctx)
      .findOneAndUpdate(
        { _id, version: before.version },
        {
          $set: {
            ...{ ...facts, status, turn: turnOf({ stage, status, mode }) },
            history: withEvent(before.history, {
              ...{ at: at.toISOString(), byName: ctx.actor.name, note: input.note ?? null },
              what: whatOf(input, before),
              amountMinor: facts.approvedMinor ?? facts.askedMinor ?? null,
            }),
          },
          $inc: { version: 1 },
        },
        { session, returnDocument: 'after' },
      )
      .orFail()
      .lean();
    noteChange<Record<string, unknown>>(ctx, before, row, [
      ...(['status', 'askedMinor', 'approvedMinor', 'authorizationNumber', 'claimNumber'] as const),
    ]);
    return toClaim(row);
  });
}

function whatOf({ step, reference }: UpdateClaimInput, { status, mode }: ClaimRow): string {
  const label: string =
    step === 'send'
      ? mode === 'reimbursement'
        ? 'Papers given to the patient'
        : status === 'rejected'
          ? 'Sent again'
          : 'Sent to the payer'
      : step === 'enhance'
        ? 'Asked for more'
        : step === 'answer'
          ? 'Answered'
          : step === 'withdraw'
            ? 'Withdrawn'
            : CLAIM_STEPS[step].label;
  return reference ? `${label}, ${reference}` : label;
}
