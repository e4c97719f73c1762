import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DocumentDbEmulator } from '@/dev/aws-documentdb/emulator';
import { vendorClusterModel } from '@/lib/master/models/vendor-cluster';
import { newObjectId } from '@/lib/mongo';
import { describeProvider, newTarget } from '@/tests/assertions/provider-conformance';
import { closeConnections } from '@/tests/builders/organization';
import { testDocumentDb } from '@/tests/emulators/aws-documentdb';
import { NeedsOperator, NotReadyYet } from '../provider';
import { awsDocumentDb } from './aws-documentdb';

const CREATION_MS = 300_000;
let emulator: DocumentDbEmulator;

beforeAll(async () => {
  emulator = await testDocumentDb(CREATION_MS);
});
afterAll(async () => {
  await vendorClusterModel.deleteMany({});
  await closeConnections();
  await emulator.stop();
});

const clusterOf = (organizationId: string): string => awsDocumentDb.clusterOf?.(organizationId, 0) ?? '';

describeProvider('aws-documentdb', {
  provider: async () => awsDocumentDb,
  prepare: async (organizationId) => ({ cellId: clusterOf(organizationId) }),
  pass: () => emulator.pass(60_000),
});

describe('clusters at Amazon DocumentDB', () => {
  const ask = (target: ReturnType<typeof newTarget>) => awsDocumentDb.ensureDatabase(target);
  const made = (name: string) => emulator.calls.filter((call) => call === name).length;

  it('are encrypted, protected, tagged as ours, and made once when the reply is lost', async () => {
    const target = newTarget();
    emulator.calls.length = 0;
    emulator.fail({ call: 'CreateDBCluster', times: 1, lostReply: true });
    // The SDK asks again by itself, is told that it exists, and it is ours.
    await expect(ask(target)).rejects.toBeInstanceOf(NotReadyYet);
    expect(made('CreateDBCluster')).toBe(2);
    const cluster = emulator.clusters.get(clusterOf(target.organizationId));
    expect(cluster).toMatchObject({ isProtected: true });
    expect(Object.fromEntries(cluster?.tags ?? [])).toEqual({
      'managed-by': 'chakravue',
      organization: target.organizationId,
    });
    expect([...emulator.instances.values()].filter((one) => one.cluster === cluster?.name)).toHaveLength(2);
    emulator.pass(CREATION_MS);
    expect((await ask(target)).address).toContain('retryWrites=false');
    const remove = () => awsDocumentDb.remove({ ...target, cellId: clusterOf(target.organizationId) });
    // Its instances go first.
    await expect(remove()).rejects.toBeInstanceOf(NotReadyYet);
    emulator.pass(60_000);
    await remove();
    expect(emulator.clusters.has(clusterOf(target.organizationId))).toBe(false);
  });

  it('are left alone when they are not ours, also at the end', async () => {
    const target = newTarget();
    await expect(ask(target)).rejects.toBeInstanceOf(NotReadyYet);
    const found = emulator.clusters.get(clusterOf(target.organizationId));
    found?.tags.set('organization', 'somebody else');
    await expect(ask(target)).rejects.toThrow('is not ours');
    await expect(awsDocumentDb.remove(target)).rejects.toBeInstanceOf(NeedsOperator);
    expect(emulator.clusters.has(clusterOf(target.organizationId))).toBe(true);
    await expect(ask({ ...newTarget(), organizationId: newObjectId().toString() })).rejects.toBeInstanceOf(
      NotReadyYet,
    );
  });

  it.each([
    ['ThrottlingException', 400, NotReadyYet],
    ['InsufficientDBInstanceCapacityFault', 400, NotReadyYet],
    ['DBClusterQuotaExceededFault', 400, NeedsOperator],
    ['AccessDenied', 403, NeedsOperator],
    ['ExpiredToken', 403, NeedsOperator],
    ['UnauthorizedOperation', 403, NeedsOperator],
  ])('after %s', async (code, status, expected) => {
    emulator.fail({ call: 'CreateDBCluster', times: 3, status, code });
    await expect(ask(newTarget())).rejects.toBeInstanceOf(expected);
    emulator.forgive();
  });
});
