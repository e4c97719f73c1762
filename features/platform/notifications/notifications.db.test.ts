import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import '@/server/master-models';
import { GET } from '@/app/api/notices/stop/[token]/route';
import { findBackedUp, listOverdueBackups } from '@/features/fleet/operations/queries';
import { addNote } from '@/features/platform/customer-notes/service';
import { getServiceFigures } from '@/features/platform/overview/queries/service';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { backupModel } from '@/lib/master/models/backup';
import { jobModel } from '@/lib/master/models/job';
import { mailLogModel } from '@/lib/master/models/mail-log';
import { organizationModel } from '@/lib/master/models/organization';
import { provisioningModel } from '@/lib/master/models/provisioning';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import { expectIndexed } from '@/tests/assertions/explain';
import { billedOrganization } from '@/tests/builders/billed-organization';
import { colleague } from '@/tests/builders/colleague';
import { closeConnections } from '@/tests/builders/organization';
import { noticeModel, noticeReaderModel } from './model';
import { countNewNotices, findNotices, getNoticeChoices, listNotices } from './queries';
import { saveNoticeChoices, seeNotices, stopNoticeMails, stopToken } from './service';
import { findNews, sweepNotices, sweepOverdue } from './sweep';
import { sendDigests, tellAtOnce } from './tell';

const none = { after: undefined, before: undefined };
const NOW = new Date('2031-03-04T09:00:00.000Z');

describe('what the company is told of', () => {
  let finance: Awaited<ReturnType<typeof colleague>>;
  let support: Awaited<ReturnType<typeof colleague>>;
  let hospital: string;
  beforeAll(async () => {
    await ensureMasterIndexes();
    finance = await colleague('finance');
    support = await colleague('support');
  });
  beforeEach(async () => {
    await noticeModel.deleteMany({});
    await noticeReaderModel.deleteMany({});
    hospital = await billedOrganization({ status: 'past_due' });
    await organizationModel.updateOne(
      { _id: objectId(hospital) },
      { $set: { nonPayment: { since: NOW, stage: 'retrying', owedCents: 9_900, nextStageAt: NOW } } },
    );
  });
  afterAll(closeConnections);

  const about = async (who: typeof finance) =>
    (await listNotices(who.ctx, none)).notices.filter(({ href }) => href.endsWith(hospital));
  const mailsTo = (who: typeof finance, kind: string) =>
    mailLogModel.countDocuments({ to: who.email, kind, key: /:.*/ });

  it('is written once for an occasion, for the roles that act on it alone, and again for a new one', async () => {
    await sweepNotices(NOW);
    await sweepNotices(NOW);
    expect(await about(finance)).toMatchObject([{ kind: 'payment', detail: '$99 is open', isNew: true }]);
    expect(await about(support)).toEqual([]);
    const later = new Date(NOW.getTime() + 86_400_000);
    await organizationModel.updateOne({ _id: objectId(hospital) }, { $set: { 'nonPayment.since': later } });
    await sweepNotices(later);
    expect(await about(finance)).toHaveLength(2);
  });

  it('is behind the bell until it is seen', async () => {
    await sweepNotices(NOW);
    const count = await countNewNotices(finance.id);
    expect(count).toBeGreaterThan(0);
    const [newest] = (await listNotices(finance.ctx, none)).notices;
    // Written between the look and the press: nobody has seen it.
    const later = new Date(NOW.getTime() + 60_000);
    await organizationModel.updateOne({ _id: objectId(hospital) }, { $set: { 'nonPayment.since': later } });
    await sweepNotices(later);
    await seeNotices(finance.ctx, new Date(newest?.at ?? ''), later);
    expect((await about(finance)).map(({ isNew }) => isNew)).toEqual([true, false]);
    expect(await countNewNotices(finance.id)).toBe(1);
    await seeNotices(finance.ctx, new Date('2099-01-01'), later);
    expect(await countNewNotices(finance.id)).toBe(0);
    // A page that was opened before takes nothing back.
    await seeNotices(finance.ctx, new Date(0), later);
    expect(await countNewNotices(finance.id)).toBe(0);
    await sweepNotices(new Date(later.getTime() + 1));
    expect(await countNewNotices(finance.id)).toBe(0);
  });

  it('is a stuck set-up only where it needs a person', async () => {
    const waiting = await billedOrganization({ status: 'provisioning', hasDatabase: false });
    await provisioningModel.create({ organizationId: objectId(waiting), step: 'placed' });
    await sweepNotices(NOW);
    const stuck = () => noticeModel.countDocuments({ kind: 'stuck', href: new RegExp(waiting) });
    expect(await stuck()).toBe(0);
    await provisioningModel.updateOne(
      { organizationId: objectId(waiting) },
      { $set: { needsOperator: true } },
    );
    await sweepNotices(NOW);
    expect(await stuck()).toBe(1);
  });

  it('is an overdue backup only where each night has one, and never of a database that is new', async () => {
    const days = (count: number) => new Date(NOW.getTime() - count * 86_400_000);
    const placement = {
      provider: 'self-hosted',
      cellId: 'c',
      databaseName: 'org',
      isolation: 'dedicated-user',
      username: 'u',
      connectionString: 'sealed',
      schemaVersion: 36,
    };
    const customer = async (finishedAt: Date, more: object = {}) => {
      const id = await billedOrganization({ status: 'active', hasDatabase: false });
      await organizationModel.collection.updateOne(
        { _id: objectId(id) },
        { $set: { createdAt: days(30), placement, ...more } },
      );
      await provisioningModel.create({ organizationId: objectId(id), step: 'active', finishedAt });
      return id;
    };
    const taken = (id: string, takenAt: Date) =>
      backupModel.create({
        ...{ organizationId: objectId(id), folder: id, takenAt, documents: 1, sizeBytes: 1 },
        ...{ collections: 1, schemaVersion: 36, sha256: 'x' },
      });
    const [late, never] = [await customer(days(20)), await customer(days(20))];
    await taken(late, days(3));
    const fine = [
      await customer(days(20)),
      // It signed up long ago, and has had its database for a day.
      await customer(days(1)),
      await customer(days(20), { status: 'offboarding' }),
      await customer(days(20), { placement: { ...placement, schemaVersion: 0 } }),
    ];
    await taken(fine[0] ?? '', days(1));
    while ((await sweepOverdue(NOW)) > 0);
    const told = await noticeModel.find({ kind: 'backup' }).lean();
    const of = (id: string) => told.filter(({ href }) => href.endsWith(id));
    expect(of(late)).toMatchObject([{ detail: 'The last one is of Sat 1 Mar 2031' }]);
    expect(of(never)).toMatchObject([{ detail: 'There is none' }]);
    expect(fine.flatMap(of)).toEqual([]);
    const { databases } = await getServiceFigures(finance.ctx, NOW);
    expect(databases.overdue).toBe((await listOverdueBackups(NOW)).length);
    expectIndexed(await findBackedUp(NOW).explain('executionStats'));
  });

  it('is mailed as each person has chosen: at once, once a day, or not', async () => {
    const at = (choice: 'at-once' | 'daily' | 'off') =>
      getNoticeChoices(finance.ctx).then(({ version }) =>
        saveNoticeChoices(finance.ctx, { version, payment: choice }),
      );
    await at('at-once');
    await sweepNotices(NOW);
    const before = await mailsTo(finance, 'notice');
    await tellAtOnce(NOW);
    await tellAtOnce(NOW);
    expect(await mailsTo(finance, 'notice')).toBeGreaterThan(before);
    const told = await mailsTo(finance, 'notice');
    await noticeModel.updateMany({}, { $unset: { mailedAt: '' } });
    await at('off');
    await tellAtOnce(NOW);
    expect(await mailsTo(finance, 'notice')).toBe(told);
    await at('daily');
    const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
    await sendDigests(later(1));
    await sendDigests(later(2));
    expect(await mailsTo(finance, 'digest')).toBe(1);
    const letter = await jobModel
      .findOne({ kind: 'mail.send', key: new RegExp(`^digest:${finance.id}`) })
      .lean();
    expect(JSON.stringify(letter?.payload)).toContain('List-Unsubscribe-Post');
    // More than one letter holds: it says how many are left out, and where they are.
    const tomorrow = (hours: number) => later(24 + hours);
    await noticeModel.insertMany(
      Array.from({ length: 130 }, (_, index) => ({
        key: `many:${index}`,
        kind: 'payment',
        title: `Payment ${index}`,
        href: '/platform',
        at: tomorrow(0),
      })),
    );
    await noticeModel.create({ key: 'other', kind: 'cell', title: 'x', href: '/x', at: tomorrow(0) });
    await sendDigests(tomorrow(1));
    const second = await jobModel
      .findOne({ kind: 'mail.send', key: new RegExp(`^digest:${finance.id}:2031-03-05`) })
      .lean();
    expect(second?.payload).toMatchObject({
      subject: 'Chakravue: 130 things since the last digest',
      text: expect.stringContaining('And 30 more'),
    });
    await expect(saveNoticeChoices(finance.ctx, { version: 0, payment: 'off' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('ends with the button of a mail program, for its own person alone, and not with a forged one', async () => {
    await expect(stopNoticeMails(`${finance.id}.forged`)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await stopNoticeMails(stopToken(finance.id, new Date()));
    const { choices } = await getNoticeChoices(finance.ctx);
    expect(new Set(choices.map(({ choice }) => choice))).toEqual(new Set(['product']));
    expect((await getNoticeChoices(support.ctx)).choices.map(({ choice }) => choice)).toContain('at-once');
  });

  it('leads somebody who opens the link to the page with the button, and changes nothing by that', async () => {
    const open = (token: string) => GET(new Request('http://a.test'), { params: Promise.resolve({ token }) });
    const { version } = await getNoticeChoices(finance.ctx);
    const token = stopToken(finance.id, new Date());
    const answer = await open(token);
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      expect.stringMatching(/\/stop-notices\/[^/]+$/),
    ]);
    expect((await open(`${token}x`)).status).toBe(404);
    expect((await getNoticeChoices(finance.ctx)).version).toBe(version);
  });

  it('is a note that names somebody, for that person alone, whatever they have chosen', async () => {
    const reader = await colleague('read-only', 'Zenobia Quist');
    const note = await addNote(support.ctx, {
      organizationId: hospital,
      text: 'Ask @Zenobia Quist about the second branch',
      attachmentIds: [],
    });
    expect(note.told).toEqual(['Zenobia Quist']);
    await sweepNotices();
    await sweepNotices();
    expect(await about(reader as typeof finance)).toMatchObject([
      {
        kind: 'mention',
        title: expect.stringMatching(/^A support names you in a note on Hospital /),
        isNew: true,
      },
    ]);
    expect(await countNewNotices(reader.id)).toBe(1);
    for (const other of [finance, support])
      expect((await about(other)).filter(({ kind }) => kind === 'mention')).toEqual([]);
    expect(JSON.stringify(await noticeModel.find({ kind: 'mention' }).lean())).not.toContain('second branch');
    // It was mailed with the note.
    await tellAtOnce();
    await sendDigests(new Date(Date.now() + 86_400_000));
    expect(await mailsTo(reader as typeof finance, 'notice')).toBe(0);
    expect(await mailsTo(reader as typeof finance, 'digest')).toBe(0);
  });

  it('is told to nobody who has left the team', async () => {
    const gone = await colleague('finance');
    await userModel.updateOne({ _id: objectId(gone.id) }, { $set: { disabledAt: new Date() } });
    await sweepNotices(NOW);
    await sendDigests(NOW);
    await tellAtOnce(NOW);
    expect(await mailLogModel.countDocuments({ to: gone.email })).toBe(0);
  });

  it('is read by its indexes', async () => {
    await sweepNotices(NOW);
    for (const find of Object.values(findNews(NOW))) {
      const { explain } = find as unknown as { explain: (kind: string) => Promise<unknown> };
      expectIndexed(await explain.call(find, 'executionStats'));
    }
    expectIndexed(await findNotices(finance.id, ['payment', 'mention'], none).find.explain('executionStats'));
  });
});
