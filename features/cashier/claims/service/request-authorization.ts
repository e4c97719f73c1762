import 'server-only';
import { getPatientInUse } from '@/features/patients/patients/queries';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { getBillSettings } from '../../bill-settings/queries';
import { minorIn, takeNumber } from '../../bill-settings/service';
import { getCoverage } from '../../coverages/queries';
import { getPayer } from '../../payers/queries';
import { type Claim, toClaim } from '../dto';
import { withEvent } from '../history';
import { claimModel } from '../model';
import { turnOf } from '../policy';
import type { RequestAuthorizationInput } from '../schema';

/**
 * Asks the payer of a policy beforehand whether it will pay.
 * @throws AppError NOT_FOUND, INVALID_INPUT, CONFLICT for a policy that was ended.
 */
export async function requestAuthorization(
  ctx: TenantContext,
  input: RequestAuthorizationInput,
): Promise<Claim> {
  const [patient, coverage, settings] = await Promise.all([
    getPatientInUse(ctx, input.patientId),
    getCoverage(ctx, input),
    getBillSettings(ctx),
  ]);
  const payer = await getPayer(ctx, coverage.payerId);
  if (!coverage.isActive || !payer.isActive)
    throw new AppError('CONFLICT', 'This policy no longer counts.', { field: 'coverageId' });
  const askedMinor = minorIn(settings.currency.code, input.amount, 'amount');
  if (askedMinor <= 0) throw new AppError('INVALID_INPUT', 'Enter the amount.', { field: 'amount' });
  const _id = newObjectId();
  const [stage, mode] = ['authorization', 'cashless'] as const;
  const status = input.isSent ? ('sent' as const) : ('draft' as const);
  return auditedWrite(
    ctx,
    async (session) => {
      const at = new Date();
      const day = today(ctx.timeZone, at);
      const row = {
        _id,
        ...{ payerId: objectId(payer.id), payerName: payer.name, payerKind: payer.kind, mode },
        ...{ coverageId: objectId(coverage.id), patientId: objectId(patient.id) },
        patient: { name: patient.name, number: patient.number },
        ...(coverage.policyNumber ? { policyNumber: coverage.policyNumber } : {}),
        ...(coverage.memberId ? { memberId: coverage.memberId } : {}),
        ...(input.procedure ? { procedure: input.procedure } : {}),
        ...{ stage, status, turn: turnOf({ stage, status, mode }), day, at, askedMinor },
        ...{ currency: settings.currency.code, byName: ctx.actor.name },
        history: withEvent(null, {
          ...{ at: at.toISOString(), byName: ctx.actor.name, amountMinor: askedMinor, note: null },
          what: input.isSent ? 'Pre-authorization asked for' : 'Pre-authorization prepared',
        }),
        number: await takeNumber(ctx, settings, { kind: 'claim', day }, session),
      };
      await claimModel(ctx).create([row], { session });
      ctx.audit?.about(`claim:${_id}`);
      noteChange<Record<string, unknown>>(ctx, null, row, ['number', 'payerName', 'askedMinor', 'status']);
      return toClaim(await claimModel(ctx).findById(_id).session(session).orFail().lean());
    },
    { inTurn: 'money' },
  );
}
