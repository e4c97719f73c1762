import 'server-only';
import { randomUUID } from 'node:crypto';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { AppError } from '@/lib/errors';
import { operationModel } from '@/lib/master/models/operation';
import { removeDatabase } from '../../placement/service/remove';
import { canGiveUp } from '../policy';
import { getOperation } from '../queries';
import { auditOperation, type By } from './begin';
import { giveUpTransfer, transferFacts } from './transfer';

/** Gives a restore or a move up before its switch: the organization goes on where it was. */
export async function giveUpOperation(by: By, operationId: string): Promise<void> {
  const row = await getOperation(operationId);
  if (!canGiveUp(row)) throw new AppError('CONFLICT', 'It is past the point where it can be given up.');
  const fence = randomUUID();
  // From here on the worker that ran it can write nothing more.
  const taken = await operationModel.updateOne(
    { _id: row._id, outcome: 'running', step: row.step },
    { $set: { fence } },
  );
  if (taken.matchedCount === 0) throw new AppError('CONFLICT', 'It has gone on meanwhile. Look again.');
  const organizationId = row.organizationId.toString();
  await giveUpTransfer({ id: operationId, organizationId, facts: { ...row.data } });
  const end = { outcome: 'failed' as const, lastError: `Given up by ${by.name}`, finishedAt: new Date() };
  await auditedMasterWrite(by.ctx, (session) =>
    operationModel.updateOne({ _id: row._id, fence }, { $set: end }, { session }),
  );
  await auditOperation(by, 'organization.give-up', organizationId, operationId);
}

/**
 * Removes what an operation that was given up had begun to make; where a vendor needs time, the sweep asks
 * again.
 */
export async function removeLeftOver(operationId: string): Promise<void> {
  const row = await getOperation(operationId);
  const { to, toConnectionString } = transferFacts.parse(row.data);
  const removed = await removeDatabase(row.organizationId.toString(), to, toConnectionString);
  if (removed.outcome === 'again') return;
  if (removed.outcome !== 'done') throw new Error(removed.why);
  await operationModel.updateOne({ _id: row._id }, { $unset: { isLeftOver: '' } });
}
