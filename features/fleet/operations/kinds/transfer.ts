import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { recountStorage } from '@/features/patients/files/storage';
import { contentsIn, loadBackup, readManifest } from '@/lib/archive/backup-folder';
import {
  collectionNames,
  contentOf,
  contentsOf,
  differences,
  type RawDatabase,
  readDocuments,
  readIndexes,
  writeCollection,
} from '@/lib/archive/content';
import { env } from '@/lib/env';
import { logger } from '@/lib/logger';
import { masterTransaction } from '@/lib/master/connection';
import { backupModel } from '@/lib/master/models/backup';
import { cellModel } from '@/lib/master/models/cell';
import { membershipModel } from '@/lib/master/models/membership';
import { operationModel } from '@/lib/master/models/operation';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { filesPerOrganization, leaveCell } from '@/lib/provisioning/cells';
import { NotReadyYet } from '@/lib/provisioning/provider';
import { setAccess } from '@/lib/provisioning/providers/self-hosted';
import { providerOf } from '@/lib/provisioning/registry';
import { forgetTenant, withTenantDatabase } from '@/lib/tenancy/factory';
import { sealConnectionString } from '@/lib/tenancy/placement';
import { enqueue } from '@/lib/work/queue';
import { putContents } from '../contents';
import { copyTemplate } from '../copy-template';
import {
  asPlacement,
  type Place,
  placementNow,
  placeSchema,
  removePlace,
  targetIn,
  withPlace,
} from '../place';
import { type Kind, OperationFailed, type Run } from '../run';
import { releaseHold, setHold } from '../start';

const DAY_MS = 24 * 60 * 60_000;
/** What was already inside the server when writing was closed ends well within this. */
const CLOSING_MS = 250;
/** Where the users are not restricted meanwhile, what was begun gets as long as a dropped handle lives. */
const DRAIN_MS = 31_000;

async function letWrite(place: Place): Promise<void> {
  if (place.provider === 'self-hosted') await setAccess(place, 'readWrite');
}

/** What a restore, a move or an undo knows. */
export const transferData = z.object({
  from: placeSchema,
  to: placeSchema,
  /** Sealed; gone when the operation has ended. */
  toConnectionString: z.string().nullish(),
  /** Sealed; where a server that is not a cell is left, until what is ours there has gone. */
  fromConnectionString: z.string().nullish(),
  backupId: z.string().optional(),
  templateId: z.string().optional(),
  /** Documents by collection, as they were copied from the template. */
  copied: z.record(z.string(), z.number()).optional(),
  /** The database is filled already: it is the one from before. */
  isKept: z.boolean().optional(),
  undoes: z.string().optional(),
  switchedAt: z.coerce.date().optional(),
  /** Contents of files that neither the store nor the backup has. */
  documentsLost: z.number().optional(),
});

const dataOf = (run: Run) => transferData.parse(run.data);

/** The new database, with a way in. */
function destination(run: Run) {
  const { to, toConnectionString } = dataOf(run);
  if (!toConnectionString) throw new OperationFailed('The way into the new database is not known any more');
  return asPlacement(run.organizationId, to, toConnectionString);
}

/** Kept out of what a backup turns back: what was done stays in the log, whatever is undone. */
const isLog = (name: string): boolean => name.startsWith('audit_');

async function copy(from: RawDatabase, to: RawDatabase, names: readonly string[], run: Run): Promise<void> {
  for (const [index, name] of names.entries()) {
    await run.report(name, index, names.length);
    await writeCollection(to, name, readDocuments(from, name), await readIndexes(from, name));
  }
}

async function fill(run: Run): Promise<void> {
  const { backupId, templateId, isKept } = dataOf(run);
  if (isKept) return;
  if (templateId) return fillFromTemplate(run, templateId);
  const now = await placementNow(run.organizationId);
  await withPlace(destination(run), async (to) => {
    if (backupId) {
      const { manifest, folder } = await manifestOf(run.organizationId, backupId);
      await loadBackup(to, manifest, folder, run.report);
      await run.save({ documentsLost: await putContents(run, manifest) });
      return;
    }
    await withPlace(now, async (from) => copy(from, to, await collectionNames(from), run));
  });
}

async function fillFromTemplate(run: Run, templateId: string): Promise<void> {
  const template = await placementNow(templateId);
  await withPlace(destination(run), (to) =>
    withPlace(template, async (from) => {
      const pair = { from: templateId, to: run.organizationId };
      await run.save({ copied: await copyTemplate(from, to, pair, run.report) });
    }),
  );
}

async function manifestOf(organizationId: string, backupId: string) {
  const backup = await (await backupModel())
    .findOne({ _id: objectId(backupId), organizationId: objectId(organizationId) })
    .lean();
  if (!backup) throw new OperationFailed('The backup is not there any more');
  return { manifest: await readManifest(organizationId, backupId, backup.folder), folder: backup.folder };
}

/** The log of the database that is left, where it can still be read and is this organization's. */
async function bringLog(run: Run, to: RawDatabase): Promise<void> {
  const now = await placementNow(run.organizationId);
  try {
    await withPlace(now, async (from) => {
      const marker = await from
        .collection<{ _id: string; organizationId: string }>('_tenant')
        .findOne({ _id: 'self' });
      if (marker?.organizationId !== run.organizationId)
        throw new Error('The marker names another organization');
      await copy(from, to, (await collectionNames(from)).filter(isLog), run);
    });
  } catch (error) {
    logger.warn(
      { err: error, organizationId: run.organizationId },
      'the audit log could not be carried over',
    );
  }
}

async function verify(run: Run): Promise<void> {
  const { backupId, templateId, copied = {}, isKept } = dataOf(run);
  await withPlace(destination(run), async (to) => {
    if (templateId) {
      const different: string[] = [];
      for (const [name, count] of Object.entries(copied))
        if ((await to.collection(name).countDocuments({})) !== count) different.push(name);
      assertSame(different);
    }
    if (backupId) {
      const { manifest } = await manifestOf(run.organizationId, backupId);
      // After a kill the log may be the newer one already.
      const expected = contentsIn(manifest).filter(({ name }) => !isLog(name));
      const found = (await contentsOf(to)).filter(({ name }) => !isLog(name));
      assertSame(differences(expected, found));
    }
    if (backupId || templateId || isKept) {
      await bringLog(run, to);
      return;
    }
    const now = await placementNow(run.organizationId);
    await withPlace(now, async (from) => {
      // What was written between the copy and the closing: few collections, copied once more.
      const source = await contentsOf(from);
      const stale = differences(source, await contentsOf(to));
      const gone = stale.filter((name) => !source.some((one) => one.name === name));
      for (const name of gone) await to.dropCollection(name);
      const changed = stale.filter((name) => !gone.includes(name));
      await copy(from, to, changed, run);
      const again = await Promise.all(changed.map((name) => contentOf(to, name)));
      assertSame(
        differences(
          source.filter(({ name }) => changed.includes(name)),
          again,
        ),
      );
    });
  });
}

function assertSame(different: readonly string[]): void {
  if (different.length > 0)
    throw new OperationFailed(`The copy differs from its source in ${different.join(', ')}`);
}

async function switchPlacement(run: Run): Promise<Record<string, unknown>> {
  const { from, to, undoes } = dataOf(run);
  const { sealedConnectionString } = destination(run);
  const [organizations, cells] = [await organizationModel(), await cellModel()];
  await masterTransaction(async (session) => {
    const switched = await organizations.updateOne(
      {
        _id: objectId(run.organizationId),
        'hold.operationId': objectId(run.id),
        'placement.databaseName': from.databaseName,
      },
      {
        $set: {
          placement: { ...to, connectionString: sealedConnectionString },
        },
      },
      { session },
    );
    // Zero when a killed run had switched already.
    if (switched.modifiedCount === 0) return;
    if (from.cellId !== to.cellId) {
      await leaveCell(from.cellId, session);
      await cells.updateOne(
        { _id: to.cellId },
        { $inc: { organizations: 1, 'usage.files': filesPerOrganization() } },
        { session },
      );
    }
    if (undoes) {
      await (await operationModel()).updateOne(
        { _id: objectId(undoes) },
        { $set: { outcome: 'undone' }, $unset: { keptUntil: '' } },
        { session },
      );
    }
  });
  forgetTenant(run.organizationId);
  if ((await placementNow(run.organizationId)).databaseName !== to.databaseName)
    throw new OperationFailed('The organization has been placed elsewhere meanwhile');
  return { switchedAt: new Date() };
}

/** Opens when every process has looked up the placement anew. */
async function openAgain(run: Run): Promise<Record<string, unknown>> {
  const { switchedAt = new Date() } = dataOf(run);
  const opensAt = switchedAt.getTime() + env().PLACEMENT_CACHE_SECONDS * 1_000;
  await delay(Math.max(0, opensAt - Date.now()));
  forgetTenant(run.organizationId);
  // Files came and went with the database; the counter of stored bytes is in master.
  await withTenantDatabase(run.organizationId, (db) => recountStorage(db));
  const organizationId = objectId(run.organizationId);
  // The directory in a backup knows nothing of who came and left since.
  for (const { userId } of await (await membershipModel()).find({ organizationId }).select('userId').lean())
    await enqueue('staff.project', `${run.organizationId}:${userId.toString()}`);
  const keptUntil = new Date(Date.now() + env().OLD_DATABASE_KEEP_DAYS * DAY_MS);
  await (await operationModel()).updateOne({ _id: objectId(run.id) }, { $set: { keptUntil } });
  await releaseHold(run.organizationId, run.id);
  return { toConnectionString: null };
}

/** Another database becomes the organization's: from a backup, from where it is now, or the one from before. */
export const transfer: Kind = {
  steps: {
    prepared: async (run) => {
      const { to } = dataOf(run);
      const { sealedConnectionString } = destination(run);
      const target = targetIn(run.organizationId, to, sealedConnectionString);
      const provider = await providerOf(to.provider);
      const { address } = await provider.ensureDatabase(target);
      await provider.ensureUser({ ...target, address });
      await letWrite(to);
      // Of a cluster of its own the address is known only now.
      const uri = provider.connectionString({ ...target, address });
      return { toConnectionString: sealConnectionString(run.organizationId, uri) };
    },
    read_only: async (run) => {
      await setHold(run.organizationId, run.id, 'read_only');
      return undefined;
    },
    filled: async (run) => {
      await fill(run);
      return undefined;
    },
    closed: async (run) => {
      await setHold(run.organizationId, run.id, 'closed');
      const { from } = dataOf(run);
      // The server itself refuses what other processes would still write.
      if (from.provider === 'self-hosted') await setAccess(from, 'read');
      forgetTenant(run.organizationId);
      const isDrained = from.provider === 'self-hosted' || env().PLACEMENT_CACHE_SECONDS === 0;
      await delay(isDrained ? CLOSING_MS : DRAIN_MS);
      return undefined;
    },
    verified: async (run) => {
      await verify(run);
      return undefined;
    },
    switched: switchPlacement,
    opened: openAgain,
  },
  giveUp: async (run) => {
    const { from, to, isKept, toConnectionString } = dataOf(run);
    const now = await placementNow(run.organizationId);
    if (now.databaseName !== from.databaseName) throw new Error('The switch has happened; undo it instead');
    await letWrite(from);
    forgetTenant(run.organizationId);
    await releaseHold(run.organizationId, run.id);
    if (isKept) return;
    try {
      await removePlace(run.organizationId, to, toConnectionString);
    } catch (error) {
      if (!(error instanceof NotReadyYet)) throw error;
      // The vendor takes its time with what it was making: the sweep asks again.
      await (await operationModel()).updateOne({ _id: objectId(run.id) }, { $set: { isLeftOver: true } });
    }
  },
};
