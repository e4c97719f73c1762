import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { recountStorage } from '@/features/patients/files/storage';
import { env } from '@/lib/env';
import { masterTransaction } from '@/lib/master/connection';
import { cellModel } from '@/lib/master/models/cell';
import { membershipModel } from '@/lib/master/models/membership';
import { operationModel } from '@/lib/master/models/operation';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { filesPerOrganization, leaveCell } from '@/lib/provisioning/cells';
import { setAccess } from '@/lib/provisioning/providers/self-hosted';
import { providerOf } from '@/lib/provisioning/registry';
import { forgetTenant, withTenantDatabase } from '@/lib/tenancy/factory';
import { type Place, type Placement, sealConnectionString } from '@/lib/tenancy/placement';
import { done, doneWith, failed, type Outcome } from '@/lib/work/outcome';
import { enqueue } from '@/lib/work/queue';
import { placementNow, targetOf } from '../../placement/queries';
import { placeSchema } from '../../placement/schema';
import { removeDatabase } from '../../placement/service/remove';
import {
  type By,
  beginOperation,
  type How,
  type Operation,
  type OperationRow,
  type OperationRun,
  type OperationStep,
  releaseHold,
  setHold,
} from './begin';

const DAY_MS = 24 * 60 * 60_000;
/** What was already inside the server when writing was closed ends well within this. */
const CLOSING_MS = 250;
/** Where the users are not restricted meanwhile, what was begun gets as long as a dropped handle lives. */
const DRAIN_MS = 31_000;

/** What every operation knows that makes another database the organization's; each kind adds its own. */
export const transferFacts = z.object({
  from: placeSchema,
  to: placeSchema,
  /** Sealed; gone when the operation has ended. */
  toConnectionString: z.string().nullish(),
  /** Sealed; where a server that is not a cell is left, until what is ours there has gone. */
  fromConnectionString: z.string().nullish(),
  switchedAt: z.coerce.date().optional(),
});

/** A step that is given the new database's placement, way in included. */
export type TransferStep = (run: OperationRun, destination: Placement) => Promise<Outcome>;

/** Begins to make another database the organization's, with what its kind needs to know besides. */
export async function beginTransfer(
  by: By,
  kind: 'restore' | 'reset' | 'move' | 'undo',
  { from, to, ...facts }: { from: Place; to: Placement } & Record<string, unknown>,
  how: How,
): Promise<string> {
  const { organizationId, sealedConnectionString: toConnectionString, ...place } = to;
  // The credential of a server that is not a cell is kept until our data there is gone.
  const way =
    from.provider === 'self-hosted'
      ? {}
      : { fromConnectionString: (await placementNow(organizationId)).sealedConnectionString };
  const data = { from, to: place, toConnectionString, ...way, ...facts };
  return beginOperation({ ...how, by, organizationId, kind, data, isExclusive: true });
}

/**
 * Another database becomes the organization's: the steps are the same for all kinds, filling and comparing
 * are theirs.
 */
export const transfer = (kind: { fill: TransferStep; verify: TransferStep }): Operation => ({
  steps: {
    prepared: withDestination(prepare),
    read_only: async (run) => {
      await setHold(run.organizationId, run.id, 'read_only');
      return done;
    },
    filled: withDestination(kind.fill),
    closed: close,
    verified: withDestination(kind.verify),
    switched: withDestination(switchPlacement),
    opened: openAgain,
  },
  giveUp: giveUpTransfer,
});

const factsOf = (run: OperationRun) => transferFacts.parse(run.facts);

const withDestination =
  (step: TransferStep): OperationStep =>
  async (run) => {
    const { to, toConnectionString } = factsOf(run);
    if (!toConnectionString) return failed('The way into the new database is not known any more');
    const { organizationId } = run;
    return step(run, { organizationId, ...to, sealedConnectionString: toConnectionString });
  };

async function letWrite(place: Place): Promise<void> {
  if (place.provider === 'self-hosted') await setAccess(place, 'readWrite');
}

async function prepare(run: OperationRun, destination: Placement): Promise<Outcome> {
  const target = targetOf(destination);
  const provider = await providerOf(destination.provider);
  const made = await provider.ensureDatabase(target);
  if (made.outcome !== 'done') return made;
  const { address } = made.value;
  const user = await provider.ensureUser({ ...target, address });
  if (user.outcome !== 'done') return user;
  await letWrite(destination);
  // Of a cluster of its own the address is known only now.
  const uri = provider.connectionString({ ...target, address });
  return doneWith({ toConnectionString: sealConnectionString(run.organizationId, uri) });
}

async function close(run: OperationRun): Promise<Outcome> {
  await setHold(run.organizationId, run.id, 'closed');
  const { from } = factsOf(run);
  // The server itself refuses what other processes would still write.
  if (from.provider === 'self-hosted') await setAccess(from, 'read');
  forgetTenant(run.organizationId);
  const isDrained = from.provider === 'self-hosted' || env().PLACEMENT_CACHE_SECONDS === 0;
  await delay(isDrained ? CLOSING_MS : DRAIN_MS);
  return done;
}

async function switchPlacement(run: OperationRun, destination: Placement): Promise<Outcome> {
  const { from, to } = factsOf(run);
  const undoes = typeof run.facts.undoes === 'string' ? run.facts.undoes : null;
  await masterTransaction(async (session) => {
    const switched = await organizationModel.updateOne(
      {
        _id: objectId(run.organizationId),
        'hold.operationId': objectId(run.id),
        'placement.databaseName': from.databaseName,
      },
      { $set: { placement: { ...to, connectionString: destination.sealedConnectionString } } },
      { session },
    );
    // Zero when a killed run had switched already.
    if (switched.modifiedCount === 0) return;
    if (from.cellId !== to.cellId) {
      await leaveCell(from.cellId, session);
      await cellModel.updateOne(
        { _id: to.cellId },
        { $inc: { organizations: 1, 'usage.files': filesPerOrganization() } },
        { session },
      );
    }
    if (undoes) {
      await operationModel.updateOne(
        { _id: objectId(undoes) },
        { $set: { outcome: 'undone' }, $unset: { keptUntil: '' } },
        { session },
      );
    }
  });
  forgetTenant(run.organizationId);
  if ((await placementNow(run.organizationId)).databaseName !== to.databaseName)
    return failed('The organization has been placed elsewhere meanwhile');
  return doneWith({ switchedAt: new Date() });
}

/** Opens once every process has looked up the placement again. */
async function openAgain(run: OperationRun): Promise<Outcome> {
  const { switchedAt = new Date() } = factsOf(run);
  const opensAt = switchedAt.getTime() + env().PLACEMENT_CACHE_SECONDS * 1_000;
  await delay(Math.max(0, opensAt - Date.now()));
  forgetTenant(run.organizationId);
  // Files came and went with the database; the counter of stored bytes is in master.
  await withTenantDatabase(run.organizationId, (db) => recountStorage(db));
  const organizationId = objectId(run.organizationId);
  // The directory in a backup knows nothing of who came and left since.
  for (const { userId } of await membershipModel.find({ organizationId }).select('userId').lean())
    await enqueue('staff.project', `${run.organizationId}:${userId.toString()}`);
  const keptUntil = new Date(Date.now() + env().OLD_DATABASE_KEEP_DAYS * DAY_MS);
  await operationModel.updateOne({ _id: objectId(run.id) }, { $set: { keptUntil } });
  await releaseHold(run.organizationId, run.id);
  return doneWith({ toConnectionString: null });
}

/** Takes back what was made before the switch; the organization goes on where it was. */
export async function giveUpTransfer({
  id,
  organizationId,
  facts,
}: Pick<OperationRow, 'id' | 'organizationId' | 'facts'>): Promise<void> {
  const { from, to, toConnectionString } = transferFacts.parse(facts);
  const now = await placementNow(organizationId);
  if (now.databaseName !== from.databaseName) throw new Error('The switch has happened; undo it instead');
  await letWrite(from);
  forgetTenant(organizationId);
  await releaseHold(organizationId, id);
  // The database from before, which an undo would have gone back to, stays.
  if (facts.isKept) return;
  const removed = await removeDatabase(organizationId, to, toConnectionString);
  if (removed.outcome === 'done') return;
  if (removed.outcome !== 'again') throw new Error(removed.why);
  // The vendor takes its time with what it was making: the sweep asks again.
  await operationModel.updateOne({ _id: objectId(id) }, { $set: { isLeftOver: true } });
}
