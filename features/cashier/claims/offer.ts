import 'server-only';
import { formatAmount } from '@/lib/currency';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Day } from '@/lib/time';
import type { BillSettings } from '../bill-settings/dto';
import { isValidOn } from '../coverages/policy';
import { listCoverages } from '../coverages/queries';
import { listPayers } from '../payers/queries';
import { listClaimsOfPatient } from './queries';

/**
 * Who may pay for a patient on a day: what was approved first, then their policies, then every other payer.
 */
export async function offerPayers(
  ctx: TenantContext,
  { patientId, day, currency }: { patientId: string; day: Day; currency: BillSettings['currency'] },
) {
  const [payers, coverages, claims] = await Promise.all([
    listPayers(ctx),
    listCoverages(ctx, patientId),
    listClaimsOfPatient(ctx, patientId),
  ]);
  const byId = new Map(payers.map((payer) => [payer.id, payer]));
  const coverageOf = new Map(coverages.map((coverage) => [coverage.id, coverage]));
  const approvals = claims.flatMap(({ id, payerId, stage, status, approvedMinor, validUntil, ...claim }) =>
    stage === 'authorization' &&
    status === 'approved' &&
    approvedMinor !== null &&
    (validUntil === null || validUntil >= day)
      ? [
          {
            ...{ value: `claim:${id}`, payerId, limitMinor: approvedMinor as number | null },
            label: `${claim.payerName}, ${formatAmount(approvedMinor, currency)} approved`,
            coPayBp: 0,
            isOwnFund: false,
          },
        ]
      : [],
  );
  const policies = coverages.flatMap((coverage) => {
    const payer = byId.get(coverage.payerId);
    if (!payer || !isValidOn(coverage, day)) return [];
    const { id, policyNumber, limitMinor, coPayBp } = coverage;
    return [
      {
        ...{ value: `coverage:${id}`, payerId: payer.id, limitMinor, coPayBp: coPayBp ?? 0 },
        label: [payer.name, policyNumber || 'policy'].join(', '),
        isOwnFund: payer.isOwnFund,
      },
    ];
  });
  const others = payers
    .filter(({ id }) => !policies.some(({ payerId }) => payerId === id))
    .map(({ id, name, isOwnFund }) => ({
      ...{ value: `payer:${id}`, payerId: id, limitMinor: null, coPayBp: 0 },
      ...{ label: name, isOwnFund },
    }));
  const coPayOf = (claimId: string): number => {
    const coverageId = claims.find(({ id }) => `claim:${id}` === claimId)?.coverageId;
    return (coverageId ? coverageOf.get(coverageId)?.coPayBp : null) ?? 0;
  };
  return [...approvals.map((one) => ({ ...one, coPayBp: coPayOf(one.value) })), ...policies, ...others];
}
