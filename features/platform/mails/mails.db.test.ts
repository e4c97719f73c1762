import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

process.env.SUPPORT_EMAIL = 'support@chakravue.test';
process.env.SUPPORT_INBOUND_SECRET = 'a-secret-of-the-mail-server';

import '@/server/master-models';
import { bounceReport } from '@/dev/mail/bounce';
import { receiveMail } from '@/features/support/tickets/inbound';
import { returnAddress } from '@/lib/mail/bounces';
import { deliverLogged, forgetMails } from '@/lib/mail/log';
import { enqueueMail } from '@/lib/mail/queue';
import { mailWork } from '@/lib/mail/work';
import { masterTransaction } from '@/lib/master/connection';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { mailLogModel } from '@/lib/master/models/mail-log';
import { newObjectId } from '@/lib/mongo';
import { MOST_ATTEMPTS } from '@/lib/work/define-work';
import { expectIndexed } from '@/tests/assertions/explain';
import { billedOrganization } from '@/tests/builders/billed-organization';
import { closeConnections } from '@/tests/builders/organization';
import { findMails, findUndelivered, getCustomerMails, listBouncing, listMails } from './queries';
import { mailListQuery } from './schema';

const smtp = vi.hoisted(() => ({ sent: [] as { envelope?: { from: string } }[], error: null as unknown }));
vi.mock('@/lib/mail/send', () => ({
  sendMail: async (mail: { envelope?: { from: string } }) => {
    if (smtp.error) throw smtp.error;
    smtp.sent.push(mail);
  },
}));

const ctx = {
  actor: { kind: 'platform' as const, userId: 'f'.repeat(24), name: 'Sam', email: 'sam@chakravue.test' },
  requestId: 'test',
};
const mailTo = (to: string) => ({
  to,
  subject: 'One',
  text: 'A secret sentence',
  html: '<p>A secret sentence</p>',
});
const rowOf = (key: string) => mailLogModel.findOne({ key }).orFail().lean();

describe('the log of mails', () => {
  beforeAll(ensureMasterIndexes);
  afterAll(closeConnections);

  async function queued(to = `${newObjectId()}@hospital.test`, organizationId?: string) {
    const key = `refund:${newObjectId()}`;
    await enqueueMail(key, mailTo(to), organizationId ? { organizationId } : {});
    return { key, to, id: (await rowOf(key))._id.toString() };
  }

  it('has a mail from the moment it is asked for, once, and never what it says', async () => {
    const { key, to } = await queued();
    await enqueueMail(key, mailTo(to));
    expect(await mailLogModel.countDocuments({ key })).toBe(1);
    const row = await rowOf(key);
    expect(row).toMatchObject({ kind: 'refund', to, state: 'queued' });
    expect(JSON.stringify(row)).not.toContain('secret');
    await deliverLogged(key, mailTo(to));
    expect(await rowOf(key)).toMatchObject({ state: 'sent', sentAt: expect.any(Date) });
  });

  it('has none of a change that was not made', async () => {
    const key = `quote:${newObjectId()}`;
    const failing = masterTransaction(async (session) => {
      await enqueueMail(key, mailTo('nobody@hospital.test'), { session });
      throw new Error('not made');
    });
    await expect(failing).rejects.toThrow('not made');
    expect(await mailLogModel.countDocuments({ key })).toBe(0);
  });

  it('knows what is refused for good from what is tried again', async () => {
    const [lasting, busy] = [await queued(), await queued()];
    smtp.error = Object.assign(new Error('refused'), {
      ...{ code: 'EENVELOPE', command: 'RCPT TO' },
      responseCode: 550,
      response: '550 5.1.1 no such mailbox',
    });
    await deliverLogged(lasting.key, mailTo(lasting.to));
    expect(await rowOf(lasting.key)).toMatchObject({
      state: 'refused',
      problem: '550 5.1.1 no such mailbox',
    });
    smtp.error = Object.assign(new Error('busy'), {
      code: 'EENVELOPE',
      command: 'RCPT TO',
      responseCode: 451,
    });
    await expect(deliverLogged(busy.key, mailTo(busy.to))).rejects.toThrow('busy');
    // Who we are is refused: a setting is wrong, and every mail waits for it to be mended.
    const ours = {
      code: 'EENVELOPE',
      command: 'MAIL FROM',
      responseCode: 550,
      response: '550 not your address',
    };
    smtp.error = Object.assign(new Error('not ours'), ours);
    await expect(deliverLogged(busy.key, mailTo(busy.to))).rejects.toThrow('not ours');
    smtp.error = null;
    expect(await rowOf(busy.key)).toMatchObject({ state: 'queued' });
    expect(await listBouncing([lasting.to.toUpperCase(), busy.to])).toMatchObject([{ address: lasting.to }]);
  });

  it('takes a bounce from the report of a mail server, to the address of this mail alone', async () => {
    const { key, to, id } = await queued();
    await deliverLogged(key, mailTo(to));
    const sender = smtp.sent.at(-1)?.envelope?.from ?? '';
    expect(sender).toBe(returnAddress(id));
    const other = await queued();
    const forged = sender.replace(id, other.id);
    expect(await receiveMail(Buffer.from(bounceReport(forged, other.to)))).toBe('not ours');
    expect(await rowOf(other.key)).toMatchObject({ state: 'queued' });
    // A holiday notice to the same address reports nothing.
    const notice = `To: ${sender}\r\nAuto-Submitted: auto-replied\r\nSubject: Away\r\n\r\nI am away.\r\n`;
    expect(await receiveMail(Buffer.from(notice))).toBe('automatic');
    expect(await rowOf(key)).toMatchObject({ state: 'sent' });
    const delayed = bounceReport(sender, to).replace('Action: failed', 'Action: delayed');
    expect(await receiveMail(Buffer.from(delayed))).toBe('bounce');
    expect(await rowOf(key)).toMatchObject({
      state: 'delayed',
      problem: expect.stringContaining('5.1.1'),
    });
    expect(await listBouncing([to])).toEqual([]);
    expect(await receiveMail(Buffer.from(bounceReport(sender, to)))).toBe('bounce');
    expect(await rowOf(key)).toMatchObject({
      state: 'bounced',
      problem: expect.stringContaining('no such mailbox'),
    });
    expect(await listBouncing([to])).toMatchObject([{ address: to }]);
    // One that says "delayed" and comes after it changes nothing.
    expect(await receiveMail(Buffer.from(delayed))).toBe('bounce');
    expect(await rowOf(key)).toMatchObject({ state: 'bounced' });
    // A later mail that arrives ends it.
    const later = await queued(to);
    await deliverLogged(later.key, mailTo(to));
    expect(await listBouncing([to])).toEqual([]);
  });

  it('says of a mail that was given up that nobody has it, until it is sent after all', async () => {
    const { key, to } = await queued();
    smtp.error = new Error('connect ECONNREFUSED');
    const run = (attempt: number) => mailWork.run({ key, payload: mailTo(to), attempt, fence: 'f' });
    await expect(run(MOST_ATTEMPTS - 1)).rejects.toThrow('ECONNREFUSED');
    expect(await rowOf(key)).toMatchObject({ state: 'queued' });
    await expect(run(MOST_ATTEMPTS)).rejects.toThrow('ECONNREFUSED');
    expect(await rowOf(key)).toMatchObject({ state: 'failed', problem: 'connect ECONNREFUSED' });
    expect(await listBouncing([to])).toMatchObject([{ address: to }]);
    smtp.error = null;
    await run(1);
    expect(await rowOf(key)).toMatchObject({ state: 'sent' });
  });

  it('is found by address, state and customer, page by page, and ends with the customer', async () => {
    const organizationId = await billedOrganization();
    const other = await billedOrganization();
    const { to } = await queued(undefined, organizationId);
    const list = (query: object) => listMails(ctx, mailListQuery.parse(query));
    expect((await list({ q: to.toUpperCase() })).mails).toMatchObject([
      { to, organization: { id: organizationId } },
    ]);
    expect((await list({ organization: organizationId })).mails).toHaveLength(1);
    expect((await getCustomerMails(ctx, organizationId)).mails).toHaveLength(1);
    expect((await getCustomerMails(ctx, other)).mails).toEqual([]);
    for (const query of [{}, { state: 'queued' }, { q: to }, { organization: organizationId }])
      expectIndexed(await findMails(mailListQuery.parse(query)).find.explain('executionStats'));
    const many = Array.from({ length: 40 }, () => `${newObjectId()}@hospital.test`);
    expectIndexed(await findUndelivered([to, ...many]).explain('executionStats'));
    await forgetMails(organizationId);
    expect((await list({ organization: organizationId })).mails).toEqual([]);
  });
});
