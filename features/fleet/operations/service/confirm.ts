import 'server-only';
import { AppError } from '@/lib/errors';
import { operationModel } from '@/lib/master/models/operation';
import { organizationModel } from '@/lib/master/models/organization';
import { removeDatabase } from '../../placement/service/remove';
import { canUndo } from '../policy';
import { getOperation } from '../queries';
import { auditOperation, type By } from './begin';
import { transferFacts } from './transfer';

/** A restore or move is right: what it left behind goes now. */
export async function confirmTransfer(by: By, operationId: string): Promise<void> {
  const row = await getOperation(operationId);
  if (!canUndo({ ...row, keptUntil: row.keptUntil ?? null }, new Date()))
    throw new AppError('CONFLICT', 'There is nothing left to confirm.');
  await dropKept(operationId);
  await auditOperation(by, 'organization.confirm', row.organizationId.toString(), operationId);
}

/**
 * Drops the database that an operation left behind, unless the organization works in it again. Where a vendor
 * needs time for it, the sweep goes on.
 */
export async function dropKept(operationId: string): Promise<void> {
  const row = await getOperation(operationId);
  const { from, fromConnectionString } = transferFacts.parse(row.data);
  const organization = await organizationModel
    .findById(row.organizationId)
    .select('placement.databaseName')
    .lean();
  if (organization?.placement?.databaseName !== from.databaseName) {
    const removed = await removeDatabase(row.organizationId.toString(), from, fromConnectionString);
    if (removed.outcome === 'again') {
      // It is past undoing; the sweep asks the vendor again.
      await operationModel.updateOne({ _id: row._id }, { $set: { keptUntil: new Date() } });
      return;
    }
    if (removed.outcome !== 'done') throw new Error(removed.why);
  }
  await operationModel.updateOne(
    { _id: row._id },
    { $unset: { keptUntil: '', 'data.fromConnectionString': '' } },
  );
}
