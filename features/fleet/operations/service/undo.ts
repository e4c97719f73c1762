import 'server-only';
import { AppError } from '@/lib/errors';
import { done } from '@/lib/work/outcome';
import { placeNow } from '../../placement/queries';
import { openWay } from '../../placement/service/open-way';
import { canUndo } from '../policy';
import { getOperation } from '../queries';
import type { By, How, OperationRun } from './begin';
import { bringLog } from './copy';
import { catchUp, copyPresent } from './move';
import { beginTransfer, transfer, transferFacts } from './transfer';

/**
 * Takes a restore or a move back. After a restore the database from before is taken as it was, and what was
 * written since is left behind; after a move nothing is left behind: the present content goes back.
 * @throws AppError CONFLICT when it cannot be undone any more.
 */
export async function undoTransfer(by: By, operationId: string, how: How = {}): Promise<string> {
  const row = await getOperation(operationId);
  if (!canUndo({ ...row, keptUntil: row.keptUntil ?? null }, new Date()))
    throw new AppError('CONFLICT', 'This cannot be undone any more.');
  const organizationId = row.organizationId.toString();
  const former = transferFacts.parse(row.data);
  const from = await placeNow(organizationId);
  if (from.databaseName !== former.to.databaseName)
    throw new AppError('CONFLICT', 'Something newer has happened to this database; undo that first.');
  const place = { ...former.from, ...(row.kind === 'move' ? { schemaVersion: from.schemaVersion } : {}) };
  const to =
    place.provider === 'self-hosted'
      ? await openWay(organizationId, place)
      : { organizationId, ...place, sealedConnectionString: former.fromConnectionString ?? '' };
  const isKept = row.kind === 'restore' || row.kind === 'reset';
  return beginTransfer(by, 'undo', { from, to, undoes: operationId, isKept }, how);
}

/** The database is filled already: it is the one from before. */
const isFilled = (run: OperationRun): boolean => run.facts.isKept === true;

export const undo = transfer({
  fill: async (run, destination) => (isFilled(run) ? done : copyPresent(run, destination)),
  verify: async (run, destination) => {
    if (!isFilled(run)) return catchUp(run, destination);
    await bringLog(run, destination);
    return done;
  },
});
