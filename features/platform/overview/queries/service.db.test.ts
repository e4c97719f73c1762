import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assignTicket } from '@/features/support/tickets/service';
import { backupModel } from '@/lib/master/models/backup';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { colleague } from '@/tests/builders/colleague';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aTicket } from '@/tests/builders/ticket';
import { getServiceFigures } from './service';

const HOUR = 3_600_000;
let org: Awaited<ReturnType<typeof testOrganization>>;
let boss: Awaited<ReturnType<typeof colleague>>;
beforeAll(async () => {
  org = await testOrganization();
  boss = await colleague('owner');
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

it('counts tickets that are open, with nobody, and late as the desk does', async () => {
  const before = await getServiceFigures(boss.ctx);
  const [first] = [await aTicket(org.ctx('owner')), await aTicket(org.ctx('owner'))];
  await assignTicket(boss.ctx, { ticketId: first ?? '', assigneeId: boss.id });
  const now = await getServiceFigures(boss.ctx);
  expect(now.tickets.open - before.tickets.open).toBe(2);
  expect(now.tickets.nobodys - before.tickets.nobodys).toBe(1);
  expect(now.tickets.late).toBe(before.tickets.late);
  const inAMonth = await getServiceFigures(boss.ctx, new Date(Date.now() + 30 * 24 * HOUR));
  expect(inAMonth.tickets.late).toBe(before.tickets.open + 2);
});

it('says of a database that its backup is overdue only after its first night, and not once it has one', async () => {
  const at = new Date(Date.now() + 1_000 * HOUR);
  const fresh = await getServiceFigures(boss.ctx);
  expect(fresh.databases.databases).toBeGreaterThan(0);
  expect(fresh.databases.overdue).toBe(0);
  const later = await getServiceFigures(boss.ctx, at);
  expect(later.databases.overdue).toBe(later.databases.databases);
  await backupModel.create({
    organizationId: objectId(org.organizationId),
    folder: randomUUID(),
    takenAt: new Date(at.getTime() - 35 * HOUR),
    documents: 1,
    sizeBytes: 1,
    collections: 1,
    schemaVersion: 1,
    sha256: 'x',
  });
  const backedUp = await getServiceFigures(boss.ctx, at);
  expect(backedUp.databases.overdue).toBe(later.databases.overdue - 1);
  expect(backedUp.databases.lastBackupAt).toBe(new Date(at.getTime() - 35 * HOUR).toISOString());
  expect(await organizationModel.countDocuments({ _id: objectId(org.organizationId) })).toBe(1);
});
