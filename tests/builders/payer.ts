import { listOpenClaims } from '@/features/cashier/claims/queries';
import type { Coverage } from '@/features/cashier/coverages/dto';
import { saveCoverageInput } from '@/features/cashier/coverages/schema';
import { saveCoverage } from '@/features/cashier/coverages/service';
import type { Payer } from '@/features/cashier/payers/dto';
import { savePayerInput } from '@/features/cashier/payers/schema';
import { savePayer } from '@/features/cashier/payers/service';
import { settleClaimsInput } from '@/features/cashier/settlements/schema';
import { settleClaims } from '@/features/cashier/settlements/service';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';

let serial = 0;

/** An insurer, or what the facts say. */
export const aPayer = (ctx: TenantContext, facts: Record<string, string> = {}): Promise<Payer> =>
  savePayer(ctx, savePayerInput.parse({ kind: 'insurer', name: `Insurer ${++serial}`, ...facts }));

/** A policy of a patient. */
export const aCoverage = (
  ctx: TenantContext,
  facts: { patientId: string; payerId: string } & Record<string, string>,
): Promise<Coverage> => saveCoverage(ctx, saveCoverageInput.parse({ policyNumber: 'P 1', ...facts }));

type TypedPart = { claimId: string } & Partial<
  Record<'received' | 'tds' | 'cut' | 'bearer' | 'reason', string>
>;

/** A transfer of a payer, as typed. */
export const aSettlement = (
  ctx: TenantContext,
  {
    parts,
    ...typed
  }: { payerId: string; amount: string; parts: readonly TypedPart[] } & Record<string, unknown>,
) =>
  settleClaims(
    ctx,
    settleClaimsInput.parse({
      ...{ reference: `UTR${String(++serial).padStart(9, '0')}`, receivedDay: today(ctx.timeZone) },
      ...typed,
      parts: JSON.stringify(parts),
    }),
  );

/** The newest open claim of a payer. */
export async function theClaim(ctx: TenantContext, payerId: string) {
  const claim = (await listOpenClaims(ctx, payerId)).at(-1);
  if (!claim) throw new Error('nothing is open');
  return claim;
}
