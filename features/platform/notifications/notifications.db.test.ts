import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import '@/server/master-models';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
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
import { findNews, sweepNotices } from './sweep';
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
    await seeNotices(finance.ctx, new Date(NOW.getTime() + 1));
    expect(await countNewNotices(finance.id)).toBe(0);
    expect((await about(finance))[0]).toMatchObject({ isNew: false });
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
    expectIndexed(await findNotices(['payment'], none).find.explain('executionStats'));
  });
});
