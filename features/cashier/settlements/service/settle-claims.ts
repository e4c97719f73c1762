import 'server-only';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { formatAmount } from '@/lib/currency';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { storedAt } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { getBillSettings } from '../../bill-settings/queries';
import { minorIn, takeNumber } from '../../bill-settings/service';
import { claimModel } from '../../claims/model';
import { getPayer } from '../../payers/queries';
import { actorIdOf } from '../../shifts/queries';
import { ensureMoneyDay, enterDay } from '../../shifts/service';
import { type Settlement, toSettlement } from '../dto';
import { settlementModel } from '../model';
import { CUT_REASONS, settlementProblem } from '../policy';
import type { SettleClaimsInput } from '../schema';
import { postPart } from './post-part';

const REFERENCE = /^[A-Z0-9-]{6,30}$/;
const refuse = (sentence: string, field: string) => new AppError('INVALID_INPUT', sentence, { field });

/** What was typed, in the smallest unit. @throws AppError INVALID_INPUT */
function readInput(input: SettleClaimsInput, currency: string) {
  const minor = (text: string | undefined, field: string) =>
    text === undefined ? 0 : minorIn(currency, text, field);
  const parts = input.parts.map(({ claimId, received, tds, cut, bearer, reason }) => ({
    ...{ claimId, bearer, reason },
    receivedMinor: minor(received, 'parts'),
    tdsMinor: minor(tds, 'parts'),
    cutMinor: minor(cut, 'parts'),
  }));
  if (new Set(parts.map(({ claimId }) => claimId)).size < parts.length)
    throw refuse('A claim is there twice. Open this page again.', 'parts');
  const amountMinor = minor(input.amount, 'amount');
  const reference = input.reference?.replace(/\s+/g, '').toUpperCase();
  if (amountMinor > 0 && !(reference && REFERENCE.test(reference)))
    throw refuse('Enter the reference of the transfer (UTR).', 'reference');
  return { parts, amountMinor, reference: amountMinor > 0 ? reference : undefined };
}

/**
 * Enters what a payer has transferred over one claim or several, with the tax it withheld and what it cut,
 * under the next number of settlements: all or nothing, and the parts are the transfer to the last paisa.
 * A cut is written off with its reason, or is due from the patient again.
 * @throws AppError NOT_FOUND; INVALID_INPUT for parts that do not sum up; CONFLICT for more than is open,
 * a transfer that was entered before, and a closed day.
 */
export async function settleClaims(ctx: TenantContext, input: SettleClaimsInput): Promise<Settlement> {
  const [payer, settings] = await Promise.all([getPayer(ctx, input.payerId), getBillSettings(ctx)]);
  const { parts, amountMinor, reference } = readInput(input, settings.currency.code);
  if (input.receivedDay > today(ctx.timeZone)) throw refuse('This day has not come yet.', 'receivedDay');
  await ensureMoneyDay(ctx, today(ctx.timeZone));
  const _id = newObjectId();
  const payerId = objectId(payer.id, 'payer');
  try {
    return await auditedWrite(
      ctx,
      async (session) => {
        const at = new Date();
        const day = today(ctx.timeZone, at);
        await enterDay(ctx, day, session);
        const claims = await claimModel(ctx)
          .find({ _id: op({ $in: parts.map(({ claimId }) => objectId(claimId, 'claim')) }), payerId })
          .session(session)
          .lean();
        const claimOf = new Map(claims.map((row) => [row._id.toString(), row]));
        const problem = settlementProblem(
          amountMinor,
          parts.map((part) => {
            const claim = claimOf.get(part.claimId);
            if (!claim?.billId) throw notFoundError('claim');
            const { number, openMinor } = claim;
            return { ...part, number, openMinor, hasReason: part.reason !== undefined };
          }),
        );
        if (problem) {
          const received = parts.reduce((sum, { receivedMinor }) => sum + receivedMinor, 0);
          const rest = formatAmount(Math.abs(amountMinor - received), settings.currency);
          const more = problem.field === 'amount' ? ` They differ by ${rest}.` : '';
          throw refuse(`${problem.sentence}${more}`, problem.field);
        }
        const number = await takeNumber(ctx, settings, { kind: 'settlement', day }, session);
        const rows = [];
        for (const { claimId, receivedMinor, tdsMinor, cutMinor, bearer, reason } of parts) {
          const part = { receivedMinor, tdsMinor, cutMinor, bearer };
          const note = cutMinor > 0 && reason ? CUT_REASONS[reason] : null;
          const what = receivedMinor > 0 ? `Settled by ${number}` : `Closed by ${number}`;
          const claim = await postPart(ctx, objectId(claimId), { part, what, note, at }, session);
          rows.push({
            ...{ claimId: claim._id, claimNumber: claim.number, billId: claim.billId },
            ...{ billNumber: claim.billNumber ?? '', patientName: claim.patient.name, ...part },
            ...(cutMinor > 0 && reason ? { reason } : {}),
          });
        }
        const sumOf = (of: 'tdsMinor' | 'cutMinor') => parts.reduce((sum, part) => sum + part[of], 0);
        const row = {
          ...{ _id, number, payerId, payerName: payer.name, day, at, receivedDay: input.receivedDay },
          ...storedAt(ctx.branch),
          ...(reference ? { reference, referenceKey: `${payer.id}:${reference}` } : {}),
          ...{ amountMinor, tdsMinor: sumOf('tdsMinor'), cutMinor: sumOf('cutMinor'), parts: rows },
          ...{ currency: settings.currency.code, isReversed: false },
          ...{ byUserId: actorIdOf(ctx), byName: ctx.actor.name },
        };
        await settlementModel(ctx).create([row], { session });
        ctx.audit?.about(`settlement:${_id}`);
        noteChange<Record<string, unknown>>(ctx, null, row, [
          ...(['number', 'payerName', 'amountMinor', 'tdsMinor', 'cutMinor'] as const),
        ]);
        return toSettlement(await settlementModel(ctx).findById(_id).session(session).orFail().lean());
      },
      { inTurn: 'money' },
    );
  } catch (error) {
    const key = duplicateKey(error);
    if (key && 'referenceKey' in key)
      throw new AppError('CONFLICT', 'This transfer has been entered before. Check its reference.', {
        field: 'reference',
      });
    throw error;
  }
}
