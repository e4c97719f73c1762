import 'server-only';
import { getPatientInUse } from '@/features/patients/patients/queries';
import { AppError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { minorIn } from '../../bill-settings/service';
import { DRAWER_METHODS } from '../../shifts/policy';
import type { Receipt } from '../dto';
import { type Tender, tenderProblem } from '../policy';
import type { TakeAdvanceInput } from '../schema';
import {
  countCash,
  ensureCashDay,
  findReceiptByKey,
  referencesOf,
  storedTender,
  writeMoney,
  writeReceipt,
} from './write-receipt';

/**
 * Takes money that no bill asks for yet. It is held for the patient until bills use it, and is not
 * income before.
 * @throws AppError NOT_FOUND, INVALID_INPUT, CONFLICT without a shift or at the cash limit.
 */
export async function takeAdvance(ctx: TenantContext, input: TakeAdvanceInput): Promise<Receipt> {
  const patient = await getPatientInUse(ctx, input.patientId);
  const patientId = objectId(patient.id, 'patient');
  await ensureCashDay(ctx, patientId);
  return writeMoney(
    ctx,
    () =>
      findReceiptByKey(
        ctx,
        input.requestKey,
        (row) =>
          row.kind === 'advance' &&
          row.patientId.equals(patientId) &&
          row.tenders[0]?.method === input.method &&
          row.amountMinor === minorIn(row.currency, input.amount, 'amount'),
      ),
    async (scope) => {
      const method = DRAWER_METHODS.find((one) => one === input.method) ?? 'cash';
      const amountMinor = minorIn(scope.settings.currency.code, input.amount, 'amount');
      const tender: Tender = { method, amountMinor, reference: input.reference };
      const problem = tenderProblem([tender], null, scope.settings.currency);
      if (problem)
        throw new AppError('INVALID_INPUT', problem.sentence, {
          field: amountMinor > 0 && method !== 'cash' ? 'reference' : 'amount',
        });
      await countCash(ctx, patientId, method === 'cash' ? amountMinor : 0, scope);
      return writeReceipt(
        ctx,
        {
          kind: 'advance',
          patientId,
          patient: { name: patient.name, number: patient.number },
          tenders: [storedTender(tender)],
          leftMinor: amountMinor,
          isHeld: true,
          requestKey: input.requestKey,
          ...(input.note ? { reason: input.note } : {}),
          ...referencesOf([tender]),
        },
        scope,
      );
    },
  );
}
