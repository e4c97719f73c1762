import 'server-only';
import { getPatientInUse } from '@/features/patients/patients/queries';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import { assertUnchanged } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { getBillSettings } from '../bill-settings/queries';
import { minorIn } from '../bill-settings/service';
import { getPayer } from '../payers/queries';
import { type Coverage, coverageFormOf, toCoverage } from './dto';
import { coverageModel } from './model';
import type { SaveCoverageInput } from './schema';

const MOST = 20;
const OPTIONAL = [
  ...(['policyNumber', 'memberId', 'plan', 'holderName', 'validFrom', 'validTo'] as const),
  ...(['limitMinor', 'coPayBp'] as const),
];

/**
 * Adds a policy to a patient, or changes one. Claims keep what they were sent with.
 * @throws AppError NOT_FOUND, INVALID_INPUT, CONFLICT when a colleague has changed it meanwhile.
 */
export async function saveCoverage(ctx: TenantContext, input: SaveCoverageInput): Promise<Coverage> {
  const { coverageId, version, limit, coPay, ...facts } = input;
  const [patient, payer, { currency }] = await Promise.all([
    getPatientInUse(ctx, input.patientId),
    getPayer(ctx, input.payerId),
    getBillSettings(ctx),
  ]);
  const wanted: Record<(typeof OPTIONAL)[number], unknown> = {
    ...{ policyNumber: facts.policyNumber, memberId: facts.memberId, plan: facts.plan, coPayBp: coPay },
    ...{ holderName: facts.holderName, validFrom: facts.validFrom, validTo: facts.validTo },
    limitMinor: limit === undefined ? undefined : minorIn(currency.code, limit, 'limit'),
  };
  const gone = OPTIONAL.filter((field) => wanted[field] === undefined);
  const _id = coverageId ? objectId(coverageId, 'policy') : newObjectId();
  const patientId = objectId(patient.id, 'patient');
  return auditedWrite(ctx, async (session) => {
    const model = coverageModel(ctx);
    const before = coverageId ? await model.findOne({ _id, patientId }).session(session).lean() : null;
    if (coverageId) {
      if (!before) throw notFoundError('policy');
      assertUnchanged(coverageFormOf(before), version);
    } else {
      if (!payer.isActive)
        throw new AppError('CONFLICT', `${payer.name} no longer pays.`, { field: 'payerId' });
      if ((await model.countDocuments({ patientId, isActive: true }).session(session)) >= MOST)
        throw new AppError('CONFLICT', `A patient has at most ${MOST} policies. End one first.`);
    }
    const row = await model
      .findOneAndUpdate(
        { _id },
        {
          $set: {
            ...{ payerId: objectId(payer.id), payerName: payer.name, relation: facts.relation },
            savedByName: ctx.actor.name,
            ...Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)),
          },
          ...(gone.length > 0 ? { $unset: Object.fromEntries(gone.map((field) => [field, ''])) } : {}),
          $setOnInsert: { patientId, isActive: true },
        },
        { session, upsert: !coverageId, returnDocument: 'after' },
      )
      .orFail()
      .lean();
    ctx.audit?.about(`patient:${patient.id}`);
    noteChange<Record<string, unknown>>(ctx, before, row, ['payerName', 'relation', ...OPTIONAL]);
    return toCoverage(row);
  });
}

/** Ends a policy: no longer offered on bills. @throws AppError NOT_FOUND. */
export async function endCoverage(ctx: TenantContext, coverageId: string): Promise<Coverage> {
  return auditedWrite(ctx, async (session) => {
    const row = await coverageModel(ctx)
      .findOneAndUpdate(
        { _id: objectId(coverageId, 'policy') },
        { $set: { isActive: false } },
        { session, returnDocument: 'after' },
      )
      .lean();
    if (!row) throw notFoundError('policy');
    ctx.audit?.about(`patient:${row.patientId}`);
    noteChange<Record<string, unknown>>(ctx, { isActive: true }, row, ['isActive']);
    return toCoverage(row);
  });
}
