import 'server-only';
import { randomUUID } from 'node:crypto';
import { resumeRenewal } from '@/features/subscription/plan-changes/service';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { operationModel } from '@/lib/master/models/operation';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { again, done, type Outcome } from '@/lib/work/outcome';
import { enqueue, wakeWorker } from '@/lib/work/queue';
import { canKeepAccount, STEPS_OF_NO_RETURN } from '../policy';
import { closingFacts } from '../schema';
import { auditOperation, type By, byOwner } from './begin';

/** The owner keeps the account after all. @throws AppError CONFLICT once its keys are being destroyed. */
export async function keepAccount(by: By, organizationId: string): Promise<void> {
  const row = await operationModel
    .findOne({
      organizationId: objectId(organizationId, 'organization'),
      kind: 'offboard',
      outcome: 'running',
    })
    .lean();
  if (!row || !canKeepAccount(row))
    throw new AppError('CONFLICT', 'This account cannot be kept any more, or is not being closed.');
  const { previousStatus } = closingFacts.parse(row.data);
  // Exactly one of two wins: this, or the worker that notes that the retention is over. What else it notes
  // meanwhile takes nothing from the answer: it is pressed within seconds of the closing.
  const end = { outcome: 'undone' as const, fence: randomUUID(), finishedAt: new Date() };
  const closing = row._id.toString();
  await auditedMasterWrite(by.ctx, async (session) => {
    const taken = await operationModel.updateOne(
      { _id: row._id, outcome: 'running', step: op({ $nin: STEPS_OF_NO_RETURN }) },
      { $set: end, $unset: { wakeAt: '' } },
      { session },
    );
    if (taken.matchedCount === 0)
      throw new AppError('CONFLICT', 'The closing has gone on meanwhile. Look again.');
    await organizationModel.updateOne(
      { _id: row.organizationId, 'hold.operationId': row._id },
      { $set: { status: previousStatus, statusSince: new Date() }, $unset: { hold: '' } },
      { session },
    );
    await enqueue('account.kept', closing, {}, { session });
  });
  // For who looks at once. What fails here, or is stopped later, the work does.
  await resumeRenewal(organizationId, closing).catch((error: unknown) =>
    logger.warn({ err: error, organizationId }, 'the renewal of a kept account goes on later'),
  );
  wakeWorker();
  await auditOperation(by, 'organization.keep', organizationId, closing);
}

/** The worker may have been about to stop the renewal when the account was kept; after this it is not. */
const LATE_STOP_MS = 5 * 60_000;

/** The renewal of an account that was kept goes on, whenever the closing had stopped it. */
export async function goOnRenewing(closing: string): Promise<Outcome> {
  const row = await operationModel.findById(objectId(closing, 'operation')).lean();
  if (row?.outcome !== 'undone') return done;
  await resumeRenewal(row.organizationId.toString(), closing);
  const settledAt = new Date((row.finishedAt?.getTime() ?? 0) + LATE_STOP_MS);
  return settledAt > new Date() ? again(settledAt) : done;
}

export const keepOwnAccount = (ctx: TenantContext): Promise<void> =>
  keepAccount(byOwner(ctx), ctx.organizationId);
