import 'server-only';
import { provisioningModel } from '@/lib/master/models/provisioning';
import { PROVISIONING_STEPS, type ProvisioningStep } from '@/lib/master/vocabulary';
import { objectId } from '@/lib/mongo';

export type ProvisioningProgress = {
  step: ProvisioningStep;
  stepIndex: number;
  attempts: number;
  hasTrouble: boolean;
  isDone: boolean;
};

/** How far the organization's database has come; null before the payment. */
export async function findProvisioning(organizationId: string): Promise<ProvisioningProgress | null> {
  const row = await provisioningModel.findOne({ organizationId: objectId(organizationId) }).lean();
  if (!row) return null;
  return {
    step: row.step,
    stepIndex: PROVISIONING_STEPS.indexOf(row.step),
    attempts: row.attempts,
    hasTrouble: Boolean(row.lastError),
    isDone: row.step === 'active',
  };
}
