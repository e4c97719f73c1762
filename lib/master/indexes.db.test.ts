import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ticketAttachmentModel, ticketMessageModel } from '@/features/support/tickets/model';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import { closeConnections } from '@/tests/builders/organization';
import { newObjectId, op } from '../mongo';
import '@/server/master-models';
import '@/server/tenant-models';
import { masterConnection } from './connection';
import { ensureMasterIndexes } from './define-master-model';
import { platformAuditModel } from './models/audit-event';
import { operationModel } from './models/operation';
import { organizationModel } from './models/organization';
import { preparedDatabaseModel } from './models/prepared-database';
import { sessionModel } from './models/session';

/** They refuse a second row, and nobody looks a row up by them. */
const FOR_NO_LOOKUP = new Set(['Receipt referenceKeys', 'Settlement referenceKey']);

beforeAll(ensureMasterIndexes);
afterAll(closeConnections);

describe('an index over a part of a collection', () => {
  it('names the part in words that a lookup implies: never by a type', async () => {
    const { models } = await masterConnection();
    const schemas = [
      ...Object.values(models).map(({ modelName, schema }) => ({ name: modelName, schema })),
      ...tenantDefinitions(),
    ];
    const byType = schemas.flatMap(({ name, schema }) =>
      schema
        .indexes()
        .filter(([, options]) => JSON.stringify(options.partialFilterExpression ?? {}).includes('$type'))
        .map(([key]) => `${name} ${Object.keys(key).join(' ')}`),
    );
    expect(schemas.length).toBeGreaterThan(100);
    expect(byType.sort()).toEqual([...FOR_NO_LOOKUP].sort());
  });

  const now = new Date();
  const later = new Date(now.getTime() + 1);
  it.each([
    ['stripeCustomerId_once', () => organizationModel.find({ stripeCustomerId: 'cus_1' })],
    [
      'stripeCustomerId_once',
      () => organizationModel.find({ stripeCustomerId: op({ $in: ['cus_1', 'cus_2'] }) }),
    ],
    ['mailId_once', () => ticketMessageModel.find({ mailId: 'mail' })],
    ['noteId_once', () => platformAuditModel.find({ noteId: op({ $in: ['a', 'b'] }) })],
    [
      'noteId_1__id_1',
      () =>
        ticketAttachmentModel
          .find({ noteId: op({ $in: [newObjectId(), newObjectId()] }) })
          .sort({ noteId: 1, _id: 1 }),
    ],
    ['expiresAt_1', () => ticketAttachmentModel.find({ expiresAt: op({ $lte: now }) })],
    ['wakeAt_1', () => operationModel.find({ outcome: 'running', wakeAt: op({ $lte: now }) })],
    ['keptUntil_1', () => operationModel.find({ keptUntil: op({ $lte: now }) })],
    [
      'deviceId_1_lockedAt_-1',
      () =>
        sessionModel
          .find({ deviceId: 'd', lockedAt: op({ $gt: now }), revokedAt: null, expiresAt: op({ $gt: later }) })
          .sort({ lockedAt: -1 }),
    ],
    ['organizationId_1', () => preparedDatabaseModel.find({ organizationId: newObjectId(), state: 'taken' })],
  ])('%s serves its lookup', async (name, find) => {
    await masterConnection();
    const plan = JSON.stringify(await find().explain('queryPlanner'));
    expect(plan).toContain(`"indexName":"${name}"`);
    expect(plan).not.toContain('COLLSCAN');
  });

  it('of an earlier version goes once the one of now is there', async () => {
    const connection = await masterConnection();
    const names = async (collection: string) =>
      (await connection.collection(collection).indexes()).map(({ name }) => name);
    const byType = (field: string) => ({
      partialFilterExpression: { [field]: { $type: 'string' as const } },
    });
    await connection
      .collection('ticket_messages')
      .createIndex({ mailId: 1 }, { unique: true, ...byType('mailId') });
    await connection.collection('operations').dropIndex('keptUntil_1');
    await connection.collection('operations').createIndex({ keptUntil: 1 }, byType('keptUntil'));
    await ensureMasterIndexes();
    expect(await names('ticket_messages')).toContain('mailId_once');
    expect(await names('ticket_messages')).not.toContain('mailId_1');
    const [kept] = (await connection.collection('operations').indexes()).filter(
      ({ name }) => name === 'keptUntil_1',
    );
    expect(kept).toMatchObject({ sparse: true });
    const before = await names('organizations');
    await ensureMasterIndexes();
    expect(await names('organizations')).toEqual(before);
  });
});
