import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { organizationMigrationModel } from '@/lib/master/models/organization-migration';
import { objectId } from '@/lib/mongo';
import { SCHEMA_VERSION } from '@/lib/tenancy/schema-version';
import { closeConnections, testOrganization } from '@/tests/support/organization';
import { showFleet } from './command';

let org: Awaited<ReturnType<typeof testOrganization>>;
beforeAll(async () => {
  org = await testOrganization({ name: 'Fleet One' });
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

async function printed(run: () => Promise<number>): Promise<{ code: number; text: string }> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    const code = await run();
    return { code, text: write.mock.calls.map(([chunk]) => String(chunk)).join('') };
  } finally {
    write.mockRestore();
  }
}

describe('the status table', () => {
  const lineOf = (text: string) => text.split('\n').find((line) => line.startsWith(org.organizationId));

  it('shows a new organization at the newest version, and a failed migration with its error and a code', async () => {
    const before = await printed(showFleet);
    expect(before.code).toBe(0);
    expect(lineOf(before.text)).toMatch(new RegExp(`Fleet One +active +${SCHEMA_VERSION} +as provisioned`));
    const ledger = await organizationMigrationModel();
    const row = { from: 1, target: 2, state: 'failed' as const, attempts: 3, lastError: 'disk is full' };
    await ledger.create({ _id: objectId(org.organizationId), ...row });
    const after = await printed(showFleet);
    expect(after.code).toBe(1);
    expect(lineOf(after.text)).toMatch(/failed +3 +disk is full/);
    await ledger.deleteOne({ _id: objectId(org.organizationId) });
  });
});
