import 'server-only';
import { randomUUID } from 'node:crypto';
import { randomToken } from '@/lib/crypto/cipher';
import { AppError } from '@/lib/errors';
import { operationModel } from '@/lib/master/models/operation';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { SCHEMA_VERSION } from '@/lib/tenancy/schema-version';
import { transferData } from '../kinds/transfer';
import {
  besideOf,
  nextUsername,
  type Place,
  placementNow,
  placeOn,
  sealedUri,
  targetIn,
  targetOf,
} from '../place';
import { canGiveUp, canUndo } from '../policy';
import { getOperation } from '../queries';
import { type By, startOperation } from '../start';
import { audited, destinationOn, dropKept, findBackup, type How, placeNow, startSwitch } from './parts';
import { KINDS } from './run';

/** Puts a backup into the place of the present database, which is kept for some days. */
export async function restoreBackup(
  by: By,
  organizationId: string,
  backupId: string,
  how: How = {},
): Promise<string> {
  const from = await placeNow(organizationId);
  if (from.provider === 'external')
    throw new AppError('CONFLICT', 'Their records are on a server of their own. Move them to a cell first.');
  const found = await findBackup(organizationId, backupId);
  const { to, toConnectionString } = await destinationOn(organizationId, besideOf(from), found.schemaVersion);
  return startSwitch(by, organizationId, 'restore', { from, to, toConnectionString, backupId }, how);
}

/**
 * Fills a demo or a sandbox from its template, which stays as it is; what was in it before is kept for some days.
 * @throws AppError CONFLICT for an organization of any other purpose, or a template that waits for a migration.
 */
export async function resetToTemplate(by: By, organizationId: string, how: How = {}): Promise<string> {
  const organizations = await organizationModel();
  const organization = await organizations
    .findById(objectId(organizationId, 'organization'))
    .select('purpose templateId')
    .lean();
  const isCopy = organization?.purpose === 'demo' || organization?.purpose === 'sandbox';
  if (!organization?.templateId || !isCopy)
    throw new AppError('CONFLICT', 'Only a demo or a sandbox is reset.');
  const template = await organizations
    .findOne({ _id: organization.templateId, purpose: 'template' })
    .select('placement.schemaVersion')
    .lean();
  if (template?.placement?.schemaVersion !== SCHEMA_VERSION)
    throw new AppError('CONFLICT', 'Its template is not ready. Try again when it has been migrated.');
  const from = await placeNow(organizationId);
  const { to, toConnectionString } = await destinationOn(organizationId, besideOf(from), SCHEMA_VERSION);
  const templateId = template._id.toString();
  return startSwitch(by, organizationId, 'reset', { from, to, toConnectionString, templateId }, how);
}

/**
 * Takes the organization to a new database; the one that it leaves is kept for some days.
 * @param destination a cell's id, or a vendor's name for a cluster of its own there. @throws AppError NOT_FOUND.
 */
export async function moveOrganization(
  by: By,
  organizationId: string,
  destination: string,
  how: How = {},
): Promise<string> {
  const from = await placeNow(organizationId);
  const { to, toConnectionString } = await destinationOn(organizationId, destination, from.schemaVersion);
  return startSwitch(by, organizationId, 'move', { from, to, toConnectionString }, how);
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
  const from = await placeNow(organizationId);
  if (from.databaseName !== former.to.databaseName)
    throw new AppError('CONFLICT', 'Something newer has happened to this database; undo that first.');
  const to = { ...former.from, ...(row.kind === 'move' ? { schemaVersion: from.schemaVersion } : {}) };
  const toConnectionString =
    to.provider === 'self-hosted' ? await newWay(organizationId, to) : former.fromConnectionString;
  const isKept = row.kind === 'restore' || row.kind === 'reset';
  const facts = { from, to, toConnectionString, undoes: operationId, isKept };
  return startSwitch(by, organizationId, 'undo', facts, how);
}

/** A new password: the old one is not kept anywhere. */
async function newWay(organizationId: string, place: Place): Promise<string> {
  const { password } = await placeOn(place.cellId, place.databaseName, place.schemaVersion);
  return sealedUri(organizationId, place.provider, targetOf(organizationId, place, password));
}

/** Another database user and password, while work goes on. */
export async function rotateCredential(by: By, organizationId: string, how: How = {}): Promise<string> {
  const from = await placeNow(organizationId);
  if (from.isolation === 'shared-user')
    throw new AppError('CONFLICT', 'The database user of a cell serves many organizations.');
  if (from.provider === 'external')
    throw new AppError('CONFLICT', 'Their owner gives us another credential under Settings, Database.');
  const to = { ...from, username: await nextUsername(organizationId) };
  const { sealedConnectionString } = await placementNow(organizationId);
  const target = { ...targetIn(organizationId, from, sealedConnectionString), username: to.username };
  const toConnectionString = await sealedUri(organizationId, from.provider, {
    ...target,
    password: randomToken(),
  });
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
