import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AzureEmulator } from '@/dev/azure-documentdb/emulator';
import { vendorClusterModel } from '@/lib/master/models/vendor-cluster';
import { newObjectId } from '@/lib/mongo';
import { describeProvider, newTarget } from '@/tests/assertions/provider-conformance';
import { closeConnections } from '@/tests/builders/organization';
import { testAzure } from '@/tests/emulators/azure-documentdb';
import { NeedsOperator, NotReadyYet } from '../provider';
import { azureDocumentDb } from './azure-documentdb';

const CREATION_MS = 300_000;
let emulator: AzureEmulator;

beforeAll(async () => {
  emulator = await testAzure(CREATION_MS);
});
afterAll(async () => {
  await vendorClusterModel.deleteMany({});
  await closeConnections();
  await emulator.stop();
});

const clusterOf = (organizationId: string): string => azureDocumentDb.clusterOf?.(organizationId, 0) ?? '';

describeProvider('azure-documentdb', {
  provider: async () => azureDocumentDb,
  prepare: async (organizationId) => ({ cellId: clusterOf(organizationId) }),
  pass: () => emulator.pass(60_000),
});

describe('clusters at Azure DocumentDB', () => {
  const ask = (target: ReturnType<typeof newTarget>) => azureDocumentDb.ensureDatabase(target);

  it('are tagged as ours, let our addresses in, and are made once when the reply is lost', async () => {
    const target = newTarget();
    emulator.fail({ call: 'PUT', times: 1, lostReply: true });
    await expect(ask(target)).rejects.toBeInstanceOf(NotReadyYet);
    const cluster = emulator.clusters.get(clusterOf(target.organizationId));
    expect(cluster?.tags).toEqual({ 'managed-by': 'chakravue', organization: target.organizationId });
    emulator.pass(CREATION_MS);
    await expect(ask(target)).rejects.toThrow('letting us in');
    expect((await ask(target)).address).toContain('retryWrites=false');
    expect([...(cluster?.rules.values() ?? [])]).toEqual([
      { startIpAddress: '127.0.0.1', endIpAddress: '127.0.0.1' },
    ]);
    const remove = () => azureDocumentDb.remove({ ...target, cellId: clusterOf(target.organizationId) });
    // It is ours to watch until it has gone.
    await expect(remove()).rejects.toThrow('is removing');
    emulator.pass(60_000);
    await remove();
    expect(emulator.clusters.has(clusterOf(target.organizationId))).toBe(false);
  });

  it('are left alone when they are not ours, also at the end', async () => {
    const target = newTarget();
    await expect(ask(target)).rejects.toBeInstanceOf(NotReadyYet);
    const found = emulator.clusters.get(clusterOf(target.organizationId));
    if (found) found.tags.organization = 'somebody else';
    await expect(ask(target)).rejects.toThrow('is not ours');
    await expect(azureDocumentDb.remove(target)).rejects.toBeInstanceOf(NeedsOperator);
    expect(emulator.clusters.has(clusterOf(target.organizationId))).toBe(true);
    await expect(ask({ ...newTarget(), organizationId: newObjectId().toString() })).rejects.toBeInstanceOf(
      NotReadyYet,
    );
  });

  it.each([
    ['TooManyRequests', 429, NotReadyYet],
    ['Conflict', 409, NotReadyYet],
    ['QuotaExceeded', 409, NeedsOperator],
    ['AuthorizationFailed', 403, NeedsOperator],
  ])('after %s', async (code, status, expected) => {
    emulator.fail({ call: 'PUT', times: 9, status, code });
    await expect(ask(newTarget())).rejects.toBeInstanceOf(expected);
    emulator.forgive();
  });
});
