import 'server-only';
import { randomUUID } from 'node:crypto';
import { randomToken } from '@/lib/crypto/cipher';
import { AppError, notFoundError } from '@/lib/errors';
import { cellModel } from '@/lib/master/models/cell';
import { operationModel } from '@/lib/master/models/operation';
import { transferData } from '../kinds/transfer';
import { nextDatabaseName, type Place, placeOn, sealedUri, targetOf } from '../place';
import { canGiveUp, canUndo } from '../policy';
import { getOperation } from '../queries';
import { type By, startOperation } from '../start';
import { audited, destinationOn, dropKept, findBackup, type How, placeNow, wayBack } from './parts';
import { KINDS } from './run';

/** Puts a backup into the place of the present database, which is kept for some days. */
export async function restoreBackup(
  by: By,
  organizationId: string,
  backupId: string,
  how: How = {},
): Promise<string> {
  const from = await placeNow(organizationId);
  const found = await findBackup(organizationId, backupId);
  const { to, toConnectionString } = await destinationOn(organizationId, from.cellId, found.schemaVersion);
  return startOperation({
    ...how,
    by,
    organizationId,
    kind: 'restore',
    data: { from, to, toConnectionString, backupId },
    isExclusive: true,
  });
}

/** Takes the organization to a new database on this cell; the one that it leaves is kept for some days. */
export async function moveOrganization(
  by: By,
  organizationId: string,
  cellId: string,
  how: How = {},
): Promise<string> {
  const from = await placeNow(organizationId, ['self-hosted', 'external']);
  if (!(await (await cellModel()).exists({ _id: cellId }))) throw notFoundError('cell');
  const { to, toConnectionString } = await destinationOn(organizationId, cellId, from.schemaVersion);
  return startOperation({
    ...how,
    by,
    organizationId,
    kind: 'move',
    data: { from, to, toConnectionString, ...(await wayBack(organizationId, from)) },
    isExclusive: true,
  });
}

/**
 * Takes a restore or a move back. After a restore the database from before is taken as it was, and what was written since
 * is left behind; after a move nothing is left behind: the present content goes back.
 * @throws AppError CONFLICT when it cannot be undone any more.
 */
export async function undoTransfer(by: By, operationId: string, how: How = {}): Promise<string> {
  const row = await getOperation(operationId);
  if (!canUndo({ ...row, keptUntil: row.keptUntil ?? null }, new Date()))
    throw new AppError('CONFLICT', 'This cannot be undone any more.');
  const organizationId = row.organizationId.toString();
  const former = transferData.parse(row.data);
  const from = await placeNow(organizationId, ['self-hosted', 'external']);
  if (from.databaseName !== former.to.databaseName)
    throw new AppError('CONFLICT', 'Something newer has happened to this database; undo that first.');
  const to = { ...former.from, ...(row.kind === 'move' ? { schemaVersion: from.schemaVersion } : {}) };
  const toConnectionString =
    to.provider === 'external' ? former.fromConnectionString : await newWay(organizationId, to);
  return startOperation({
    ...how,
    by,
    organizationId,
    kind: 'undo',
    data: {
      from,
      to,
      toConnectionString,
      ...(await wayBack(organizationId, from)),
      undoes: operationId,
      isKept: row.kind === 'restore',
    },
    isExclusive: true,
  });
}

/** A new password: the old one is not kept anywhere. */
async function newWay(organizationId: string, place: Place): Promise<string> {
  const { password } = await placeOn(place.cellId, place.databaseName, place.schemaVersion);
  return sealedUri(organizationId, targetOf(organizationId, place, password));
}

/** Another database user and password, while work goes on. */
export async function rotateCredential(by: By, organizationId: string, how: How = {}): Promise<string> {
  const from = await placeNow(organizationId);
  if (from.isolation === 'shared-user')
    throw new AppError('CONFLICT', 'The database user of a cell serves many organizations.');
  const username = `${await nextDatabaseName(organizationId, 'r')}_user`;
  const to = { ...from, username };
  const toConnectionString = sealedUri(organizationId, targetOf(organizationId, to, randomToken()));
  return startOperation({
    ...how,
    by,
    organizationId,
    kind: 'rotate',
    data: { from, to, toConnectionString },
    isExclusive: true,
  });
}

/** Gives a restore or a move up before its switch: the organization goes on where it was. */
export async function giveUpOperation(by: By, operationId: string): Promise<void> {
  const row = await getOperation(operationId);
  if (!canGiveUp(row)) throw new AppError('CONFLICT', 'It is past the point where it can be given up.');
  const operations = await operationModel();
  const fence = randomUUID();
  // From here on the worker that ran it can write nothing more.
  const taken = await operations.updateOne(
    { _id: row._id, outcome: 'running', step: row.step },
    { $set: { fence } },
  );
  if (taken.matchedCount === 0) throw new AppError('CONFLICT', 'It has gone on meanwhile. Look again.');
  const noop = async () => {};
  await KINDS[row.kind].giveUp?.({
    id: operationId,
    organizationId: row.organizationId.toString(),
    data: transferData.parse(row.data),
    report: noop,
    save: noop,
  });
  await operations.updateOne(
    { _id: row._id, fence },
    { $set: { outcome: 'failed', lastError: `Given up by ${by.name}`, finishedAt: new Date() } },
  );
  await audited(by, 'organization.give-up', row.organizationId.toString(), operationId);
}

/** A restore or move is right: what it left behind goes now. */
export async function confirmTransfer(by: By, operationId: string): Promise<void> {
  const row = await getOperation(operationId);
  if (!canUndo({ ...row, keptUntil: row.keptUntil ?? null }, new Date()))
    throw new AppError('CONFLICT', 'There is nothing left to confirm.');
  await dropKept(operationId);
  await audited(by, 'organization.confirm', row.organizationId.toString(), operationId);
}
