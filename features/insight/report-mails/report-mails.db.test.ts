import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { POST } from '@/app/api/unsubscribe/[token]/route';
import { jobModel } from '@/lib/master/models/job';
import { membershipModel } from '@/lib/master/models/membership';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import { readPdf } from '@/tests/assertions/pdf-text';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { reportMailModel } from './model';
import { reportMailInput } from './schema';
import { sendReportMail } from './send';
import {
  canUnsubscribe,
  enqueueReportMails,
  findReportMail,
  scheduleReportMail,
  stopReportMail,
} from './service';

const received: ParsedMail[] = [];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData: (stream, _session, done) => {
    void simpleParser(stream).then((mail) => {
      received.push(mail);
      done();
    });
  },
});
let organization: Awaited<ReturnType<typeof testOrganization>>;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  process.env.SMTP_URL = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  organization = await testOrganization({ name: 'Mailed hospital', timeZone: 'Europe/Berlin' });
});
afterAll(async () => {
  await organization.dispose();
  await closeConnections();
  server.close();
});
beforeEach(async () => {
  received.length = 0;
  await reportMailModel.deleteMany({});
  await jobModel.deleteMany({ kind: 'reports.mail' });
});

const weekly = reportMailInput.parse({ every: 'week', weekday: '1', hour: '7' });
// A Friday, and the Monday after it, when clocks have gone forward.
const FRIDAY = new Date('2026-03-27T10:00:00Z');
const MONDAY = new Date('2026-03-30T05:02:00Z');
const asked = async () =>
  (await jobModel.find({ kind: 'reports.mail' }).sort({ createdAt: 1 }).lean()).map(({ key }) => key);

it('is asked for once at its time, however many processes look', async () => {
  const ctx = organization.ctx('owner');
  await scheduleReportMail(ctx, weekly, FRIDAY);
  expect((await findReportMail(ctx))?.nextAt).toBe('2026-03-30T05:00:00.000Z');
  expect(await enqueueReportMails(new Date('2026-03-30T04:59:59Z'))).toBe(0);
  const counts = await Promise.all([1, 2, 3].map(() => enqueueReportMails(MONDAY)));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
  expect(await asked()).toEqual([expect.stringMatching(/^[0-9a-f]{24}:2026-03-30$/)]);
  // Away for three weeks: one mail, not three.
  expect(await enqueueReportMails(new Date('2026-04-22T08:00:00Z'))).toBe(1);
  expect((await findReportMail(ctx))?.nextAt).toBe('2026-04-27T05:00:00.000Z');
});

it('brings the figures of the days before, the PDF and a way to stop it without signing in', async () => {
  const ctx = organization.ctx('owner');
  await scheduleReportMail(ctx, weekly, FRIDAY);
  await enqueueReportMails(MONDAY);
  const [key = ''] = await asked();
  await sendReportMail(key, MONDAY);
  // The process died before it said so, and the job ran again after it had: one mail.
  await sendReportMail(key, MONDAY);
  expect(received).toHaveLength(1);
  expect(await reportMailModel.findOne({}).lean()).toMatchObject({ lastSentAt: MONDAY });
  const [mail] = received;
  expect(mail?.subject).toContain('Mon 23 Mar 2026 to Sun 29 Mar 2026');
  expect(mail?.messageId).toContain(key.replace(':', '-'));
  expect(mail?.text).toContain('Visits: 0 (As before)');
  const paper = readPdf(mail?.attachments[0]?.content ?? Buffer.alloc(0)).text;
  expect(paper).toContain('Mailed hospital');
  expect(paper).toContain('Mon 23 Mar 2026 to Sun 29 Mar 2026, 7 days');

  const list = mail?.headers.get('list') as { unsubscribe?: { url: string } };
  const token = list.unsubscribe?.url.split('/').at(-1) ?? '';
  expect(canUnsubscribe(token)).toBe(true);
  expect(mail?.text).toContain(`/unsubscribe/${token}`);
  const press = (value: string) =>
    POST(new Request('http://127.0.0.1/', { method: 'POST' }), { params: Promise.resolve({ token: value }) });
  expect((await press(`${token}x`)).status).toBe(404);
  expect(await findReportMail(ctx)).not.toBeNull();
  expect((await press(token)).status).toBe(204);
  expect((await press(token)).status).toBe(204);
  expect(await findReportMail(ctx)).toBeNull();
  await sendReportMail(key, MONDAY);
  expect(received).toHaveLength(1);
});

it('goes to nobody who may not read reports any more, and to no address that is not confirmed', async () => {
  const ctx = organization.ctx('owner');
  const mine = {
    userId: objectId(organization.owner.id),
    organizationId: objectId(organization.organizationId),
  };
  await scheduleReportMail(ctx, weekly, FRIDAY);
  await enqueueReportMails(MONDAY);
  const [key = ''] = await asked();
  await membershipModel.updateOne(mine, { $set: { status: 'suspended' } });
  await sendReportMail(key, MONDAY);
  await membershipModel.updateOne(mine, { $set: { status: 'active', role: 'pharmacist' } });
  await reportMailModel.updateOne(mine, { $unset: { sentOn: '' } });
  await sendReportMail(key, MONDAY);
  await membershipModel.updateOne(mine, { $set: { role: 'owner' } });

  await userModel.updateOne({ _id: mine.userId }, { $unset: { emailVerifiedAt: '' } });
  await sendReportMail(key, MONDAY);
  await expect(scheduleReportMail(ctx, weekly)).rejects.toMatchObject({ code: 'CONFLICT' });
  await userModel.updateOne({ _id: mine.userId }, { $set: { emailVerifiedAt: new Date() } });
  expect(received).toEqual([]);
  // Dealt with is not sent.
  expect((await reportMailModel.findOne({}).lean())?.lastSentAt).toBeUndefined();
  await stopReportMail(ctx);
  expect(await findReportMail(ctx)).toBeNull();
});
