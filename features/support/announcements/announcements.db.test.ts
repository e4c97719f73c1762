import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { incidentModel, statusMeasurementModel } from '@/features/fleet/status/model';
import { findIncidents, forgetStatus, getStatus } from '@/features/fleet/status/queries';
import { openIncidentInput } from '@/features/fleet/status/schema';
import { openIncident, updateIncident } from '@/features/fleet/status/service';
import { newObjectId } from '@/lib/mongo';
import { expectIndexed } from '@/tests/assertions/explain';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { announcementDismissalModel, announcementModel } from './model';
import { findAnnouncements, findShown, forgetAnnouncements, listAnnouncements, listShown } from './queries';
import { announcementInput } from './schema';
import { dismissAnnouncement, endAnnouncement, saveAnnouncement } from './service';

const platform = {
  actor: {
    kind: 'platform' as const,
    userId: newObjectId().toString(),
    name: 'Sunil',
    email: 's@chakravue.test',
  },
  requestId: randomUUID(),
};
let a: Awaited<ReturnType<typeof testOrganization>>;
const NOW = new Date('2026-06-15T12:00:00Z');
const at = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const announce = (fields: Record<string, unknown> = {}) =>
  saveAnnouncement(
    platform,
    announcementInput.parse({
      kind: 'notice',
      title: 'New reports',
      text: 'Look at Reports.',
      startsAt: '2026-06-15T11:00',
      endsAt: '2026-06-15T15:00',
      ...fields,
    }),
  );
const shownTo = async (
  changes: { id?: string; plan?: 'starter' | 'professional'; userId?: string } = {},
  now = NOW,
) => {
  const person = {
    userId: changes.userId ?? a.owner.id,
    organization: { id: changes.id ?? a.organizationId, plan: changes.plan ?? ('starter' as const) },
  };
  return (await listShown(person, now)).map(({ title }) => title);
};

beforeAll(async () => {
  a = await testOrganization();
});
beforeEach(async () => {
  await announcementModel.deleteMany({});
  await announcementDismissalModel.deleteMany({});
  await incidentModel.deleteMany({});
  // What is measured has its own test (status.db.test.ts).
  await statusMeasurementModel.deleteMany({});
  forgetAnnouncements();
  forgetStatus();
});
afterAll(async () => {
  await a.dispose();
  await closeConnections();
});

describe('an announcement', () => {
  it('is shown from its beginning to its end', async () => {
    await announce();
    for (const [hours, titles] of [
      [-1.5, []],
      [0, ['New reports']],
      [2.9, ['New reports']],
      [3, []],
    ] as const) {
      forgetAnnouncements();
      expect(await shownTo({}, at(hours))).toEqual(titles);
    }
  });

  it('reaches those it is for: a plan, chosen organizations, or everybody; maintenance comes first', async () => {
    await announce({ title: 'For Professional', plan: 'professional' });
    await announce({ title: 'For one', organizations: a.organizationId });
    await announce({ title: 'Work tonight', kind: 'maintenance' });
    const other = newObjectId().toString();
    expect(await shownTo()).toEqual(['Work tonight', 'For one']);
    expect(await shownTo({ id: other })).toEqual(['Work tonight']);
    expect(await shownTo({ id: other, plan: 'professional' })).toEqual(['Work tonight', 'For Professional']);
    await expect(announce({ organizations: other })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(() => announcementInput.parse({ endsAt: '2026-06-15T10:00' })).toThrow();
  });

  it('is put away by one person, but not maintenance; changed words are shown again, and it ends when told to', async () => {
    await announce();
    await announce({ title: 'Work tonight', kind: 'maintenance' });
    const ids = new Map((await listAnnouncements(platform, NOW)).map(({ title, id }) => [title, id]));
    const [notice = '', work = ''] = [ids.get('New reports'), ids.get('Work tonight')];
    await Promise.all([1, 2].map(() => dismissAnnouncement(a.ctx('owner'), notice)));
    const listed = await listAnnouncements(platform, NOW);
    expect(listed.find(({ id }) => id === notice)?.dismissed).toBe(1);
    await expect(dismissAnnouncement(a.ctx('owner'), work)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(dismissAnnouncement(a.ctx('owner'), newObjectId().toString())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await shownTo()).toEqual(['Work tonight']);
    expect(await shownTo({ userId: newObjectId().toString() })).toEqual(['Work tonight', 'New reports']);
    const { version } = (await listAnnouncements(platform, NOW)).find(({ id }) => id === notice) ?? {};
    await announce({ announcementId: notice, version, title: 'Newer reports' });
    expect(await shownTo()).toEqual(['Work tonight', 'Newer reports']);
    await endAnnouncement(platform, work, at(1));
    expect(await shownTo({}, at(1))).toEqual(['Newer reports']);
    await announce({ title: 'Later', startsAt: '2026-06-20T10:00', endsAt: '2026-06-20T12:00' });
    const later = (await listAnnouncements(platform, NOW)).find(({ phase }) => phase === 'planned');
    await endAnnouncement(platform, later?.id ?? '', NOW);
    expect((await listAnnouncements(platform, NOW)).map(({ title }) => title)).not.toContain('Later');
  });
});

describe('the public status', () => {
  const incident = openIncidentInput.parse({
    title: 'Mails come late',
    impact: 'degraded',
    components: 'mail',
    text: 'We look into it.',
  });

  it('tells of an incident from its beginning over its updates to its end, and for 90 days', async () => {
    expect(await getStatus(NOW)).toMatchObject({ overall: 'unknown', open: [], past: [] });
    const id = await openIncident(platform, incident, NOW);
    expect(await getStatus(NOW)).toMatchObject({
      overall: 'degraded',
      levels: { mail: 'degraded', payments: 'unknown', application: 'up' },
    });
    await updateIncident(platform, { incidentId: id, state: 'resolved', text: 'Mended.' }, at(1));
    const after = await getStatus(at(1));
    expect(after).toMatchObject({ overall: 'unknown', levels: { mail: 'unknown' }, open: [] });
    expect(after.past[0]?.updates.map(({ state }) => state)).toEqual(['resolved', 'investigating']);
    await expect(
      updateIncident(platform, { incidentId: id, state: 'monitoring', text: 'Again' }, at(2)),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    forgetStatus();
    expect((await getStatus(at(91 * 24))).past).toEqual([]);
  });

  it('asks the database once for a flood of visitors', async () => {
    const first = getStatus(NOW);
    expect(getStatus(at(0.0005))).toBe(first);
    expect(getStatus(at(1))).not.toBe(first);
    await first;
  });
});

it('lists from an index, whatever is asked', async () => {
  await announce();
  const { open, past } = await findIncidents(NOW);
  for (const find of [(await findShown(NOW)).find, (await findAnnouncements()).find, open, past])
    expectIndexed(await find.explain('executionStats'));
});
