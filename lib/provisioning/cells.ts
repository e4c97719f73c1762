import 'server-only';
import type { ClientSession } from 'mongoose';
import pLimit from 'p-limit';
import { randomToken, sealPlatformSecret } from '../crypto/cipher';
import { env } from '../env';
import { logger } from '../logger';
import { cellModel } from '../master/models/cell';
import { organizationModel } from '../master/models/organization';
import { preparedDatabaseModel } from '../master/models/prepared-database';
import { op } from '../mongo';
import { tenantDefinitions } from '../tenancy/define-tenant-model';
import { type CellFacts, leastLoaded, STOP_AT, stateOf } from './capacity';
import { NeedsOperator } from './provider';
import { cellAdmin, cellUris } from './providers/self-hosted';

/** What a cell's sealed password belongs to. */
export const cellContext = (cellId: string): string => `platform|cells|password|${cellId}`;

/** Files that a new organization's database will have: its collections and their indexes, `_id` included. */
export const filesPerOrganization = (): number =>
  tenantDefinitions().reduce((sum, { schema }) => sum + 2 + schema.indexes().length, 0);

/** A row for each configured cell; what an operator has set on a row stays. */
export async function ensureCells(): Promise<void> {
  for (const id of cellUris().keys()) {
    await cellModel.updateOne(
      { _id: id },
      {
        $setOnInsert: {
          provider: 'self-hosted',
          weight: 1,
          acceptsNew: true,
          isolation: env().CELL_ISOLATION,
          password: sealPlatformSecret(cellContext(id), randomToken()),
        },
      },
      { upsert: true },
    );
  }
}

type CellRow = {
  _id: string;
  weight: number;
  acceptsNew: boolean;
  organizations: number;
  usage?: Partial<Record<keyof CellFacts['usage'], number | null>> | null;
  limits?: Partial<Record<keyof CellFacts['usage'], number | null>> | null;
};

/** A cell as the rules of placing see it; limits of its own come before the configured ones. */
export function toFacts(row: CellRow): CellFacts {
  const { CELL_MAX_FILES, CELL_MAX_STORAGE_GB, CELL_MAX_CONNECTIONS } = env();
  const gigabytes = CELL_MAX_STORAGE_GB ?? null;
  return {
    id: row._id,
    weight: row.weight,
    acceptsNew: row.acceptsNew,
    organizations: row.organizations,
    usage: {
      files: row.usage?.files ?? 0,
      storageBytes: row.usage?.storageBytes ?? 0,
      connections: row.usage?.connections ?? 0,
    },
    limits: {
      files: row.limits?.files ?? CELL_MAX_FILES,
      storageBytes: row.limits?.storageBytes ?? (gigabytes === null ? null : gigabytes * 1024 ** 3),
      connections: row.limits?.connections ?? CELL_MAX_CONNECTIONS ?? null,
    },
  };
}

/**
 * Takes a place for one database on the least loaded cell, in the caller's transaction: two that take at once
 * conflict on the row, so the last place is given once.
 * @throws NeedsOperator when every cell is full or closed.
 */
export async function takeCell(session: ClientSession) {
  const files = filesPerOrganization();
  const rows = await cellModel
    .find({ _id: op({ $in: [...cellUris().keys()] }), acceptsNew: true })
    .session(session)
    .lean();
  const chosen = leastLoaded(rows.map(toFacts), files);
  const row = rows.find(({ _id }) => _id === chosen?.id);
  if (!row || !chosen) {
    throw new NeedsOperator(
      `No cell has room: each is closed or above ${STOP_AT * 100} % of a limit. Add one to CELL_URIS or raise a limit.`,
    );
  }
  await cellModel.updateOne(
    { _id: row._id },
    { $inc: { organizations: 1, 'usage.files': files } },
    { session },
  );
  return row;
}

/** Gives a place back, after the database has gone. */
export async function leaveCell(cellId: string, session?: ClientSession): Promise<void> {
  await cellModel.updateOne(
    { _id: cellId, organizations: op({ $gt: 0 }) },
    { $inc: { organizations: -1, 'usage.files': -filesPerOrganization() } },
    session ? { session } : {},
  );
}

const asNumber = (value: unknown): number => (typeof value === 'number' ? value : Number(value ?? 0));

/**
 * What one server says of its size and its connections; each database counted as at least what a new one will
 * have.
 */
async function measure(cellId: string) {
  const client = await cellAdmin(cellId);
  const organizations = await organizationModel
    .find({ 'placement.cellId': cellId })
    .select('placement.databaseName')
    .lean();
  const waiting = await preparedDatabaseModel.find({ cellId }).select('databaseName').lean();
  const names = new Set([
    ...organizations.flatMap(({ placement }) => placement?.databaseName ?? []),
    ...waiting.map(({ databaseName }) => databaseName),
  ]);
  const limit = pLimit(4);
  const floor = filesPerOrganization();
  const stats = await Promise.all(
    [...names].map((name) =>
      limit(async () => {
        const found = await client.db(name).stats();
        const files = asNumber(found.collections) + asNumber(found.indexes);
        const bytes = asNumber(found.storageSize) + asNumber(found.indexSize);
        return { files: Math.max(files, floor), bytes };
      }),
    ),
  );
  const { connections } = await client.db('admin').command({ serverStatus: 1 });
  return {
    files: stats.reduce((sum, { files }) => sum + files, 0),
    storageBytes: stats.reduce((sum, { bytes }) => sum + bytes, 0),
    connections: asNumber(connections?.current),
  };
}

/**
 * Measures every cell; one that cannot be reached keeps its figures, and one that fills up is told to the
 * log.
 */
export async function measureCells(): Promise<void> {
  await ensureCells();
  for (const cellId of cellUris().keys()) {
    try {
      const before = await cellModel.findById(cellId).orFail().lean();
      const usage = await measure(cellId);
      // Somebody was placed meanwhile: these figures do not know of it, the next ones will.
      const written = await cellModel.updateOne(
        { _id: cellId, organizations: before.organizations },
        { $set: { usage, measuredAt: new Date() } },
      );
      const state = stateOf({ ...toFacts(before), usage });
      if (written.matchedCount === 1 && (state === 'filling' || state === 'full'))
        logger.error({ cellId, state, usage }, 'a cell fills up; add another to CELL_URIS');
    } catch (error) {
      logger.warn({ err: error, cellId }, 'cell could not be measured');
    }
  }
}
