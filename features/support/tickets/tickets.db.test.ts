import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ticketFields } from '@/tests/builders/ticket';

process.env.SUPPORT_EMAIL = 'support@chakravue.test';
process.env.SUPPORT_INBOUND_SECRET = 'a secret of the mail server';
process.env.SUPPORT_TIME_ZONE = 'Asia/Kolkata';

import { POST } from '@/app/api/tickets/inbound/route';
import { parseMail } from '@/lib/mail/parse';
import { jobModel } from '@/lib/master/models/job';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { expectIndexed } from '@/tests/assertions/explain';
import { colleague } from '@/tests/builders/colleague';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { replyAddress } from './mails';
import { ticketMessageModel, ticketModel } from './model';
import {
  findDesk,
  findOwnTickets,
  getDeskTicket,
  getTargetsReport,
  getTicket,
  listDesk,
  listTickets,
} from './queries';
import { agreedTargetInput, deskQuery, openTicketInput } from './schema';
import { findTicketsBy } from './search';
import {
  answerTicket,
  assignTicket,
  closeTicket,
  deleteAnswer,
  openTicket,
  pauseTicket,
  rateTicket,
  replyTicket,
  saveAnswer,
  setAgreedTarget,
} from './service';
import { watchTickets } from './watch';

vi.mock('@/lib/mail/parse', async (original) => ({
  parseMail: vi.fn((await original<typeof import('@/lib/mail/parse')>()).parseMail),
}));

const ist = (text: string): Date => new Date(`${text}:00+05:30`);
const FRIDAY = ist('2026-06-05T16:30');

let a: Awaited<ReturnType<typeof testOrganization>>;
let b: Awaited<ReturnType<typeof testOrganization>>;
const platform = {
  actor: {
    kind: 'platform' as const,
    userId: newObjectId().toString(),
    name: 'Sunil',
    email: 'sunil@chakravue.test',
  },
  requestId: randomUUID(),
};
const input = (changes: Record<string, string> = {}) => openTicketInput.parse(ticketFields(changes));
const row = async (id: string) => ticketModel.findById(objectId(id)).orFail().lean();
const mails = async (key: RegExp) =>
  (await jobModel.find({ kind: 'mail.send', key }).lean()).map(({ payload }) => payload ?? {});
const answer = async (ticketId: string, outcome: 'waiting' | 'solved' | 'note', message: string, now: Date) =>
  answerTicket(platform, { ticketId, outcome, message, version: (await row(ticketId)).version }, now);

beforeAll(async () => {
  a = await testOrganization({ plan: 'professional' });
  b = await testOrganization();
  await userModel.create({
    _id: objectId(platform.actor.userId),
    name: platform.actor.name,
    email: platform.actor.email,
    emailKey: platform.actor.email,
    passwordHash: 'unused',
    platformRole: 'owner',
    secondFactorSince: new Date(),
  });
});
afterAll(async () => {
  await a.dispose();
  await b.dispose();
  await closeConnections();
});

describe('a ticket', () => {
  it('lives from the question over the weekend to the rating; notes stay inside, clocks stand still in a pause', async () => {
    const ctx = a.ctx('owner');
    const id = await openTicket(ctx, input(), FRIDAY);
    expect(await row(id)).toMatchObject({
      status: 'open',
      dueAt: ist('2026-06-08T16:30'),
      warnAt: ist('2026-06-08T14:30'),
    });
    await answer(id, 'note', 'A canary for colleagues', FRIDAY);
    await assignTicket(platform, { ticketId: id, assigneeId: platform.actor.userId }, FRIDAY);
    // Asks back by telephone on Monday at ten: two and a half hours... of which one and a half are used.
    await pauseTicket(platform, id, ist('2026-06-08T10:00'));
    expect(await row(id)).toMatchObject({
      status: 'waiting',
      dueAt: null,
      clock: { usedMs: 1.5 * 3_600_000 },
    });
    await replyTicket(ctx, { ticketId: id, message: 'It is version 3.' }, ist('2026-06-09T09:00'));
    expect((await row(id)).dueAt).toEqual(ist('2026-06-09T15:30'));
    await answer(id, 'solved', 'Mended.\n\nPlease look again.', ist('2026-06-09T10:00'));

    const [receipt] = await mails(new RegExp(`^ticket-opened:${id}`));
    expect(receipt).toMatchObject({ to: a.owner.email, replyTo: replyAddress(id) });
    const { number } = await row(id);
    for (const words of [`#${number}`, 'within 8 working hours']) expect(receipt?.text).toContain(words);
    const own = await getTicket(ctx, id, ist('2026-06-09T11:00'));
    expect(own.ticket).toMatchObject({ status: 'solved', canRate: true, canReply: true });
    expect(own.messages.map(({ text }) => text)).toEqual([
      'Since this morning.',
      'It is version 3.',
      'Mended.\n\nPlease look again.',
    ]);
    expect(JSON.stringify(own)).not.toContain('canary');
    for (const hidden of ['assigneeName', 'dueAt', 'version', 'organizationId'])
      expect(own.ticket).not.toHaveProperty(hidden);
    const desk = await getDeskTicket(platform, id);
    expect(desk.messages.filter(({ isInternal }) => isInternal)).toHaveLength(3);

    await rateTicket(ctx, { ticketId: id, verdict: 'good', comment: 'Quick' }, ist('2026-06-09T12:00'));
    await expect(rateTicket(ctx, { ticketId: id, verdict: 'bad', comment: '' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect(await getTargetsReport(platform, '2026-06')).toMatchObject({
      plans: expect.arrayContaining([{ plan: 'professional', inTime: 1, late: 0, good: 1, bad: 0 }]),
    });
    const [mail] = await mails(/^ticket:/);
    expect(mail).toMatchObject({
      to: a.owner.email,
      replyTo: replyAddress(id),
      subject: expect.stringContaining('#10'),
    });
    // A reply reopens it, with a clock of its own.
    await replyTicket(ctx, { ticketId: id, message: 'Not yet.' }, ist('2026-06-10T09:00'));
    expect(await row(id)).toMatchObject({ status: 'open', dueAt: ist('2026-06-10T17:00'), solvedAt: null });
    await closeTicket(ctx, id, ist('2026-06-10T10:00'));
    await expect(
      replyTicket(ctx, { ticketId: id, message: 'Again' }, ist('2026-08-10T10:00')),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('of somebody else is not there; leaders see those of their organization', async () => {
    const receptionist = a.ctx('receptionist');
    const id = await openTicket(receptionist, input());
    for (const stranger of [a.ctx('doctor'), b.ctx('owner')]) {
      await expect(getTicket(stranger, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(replyTicket(stranger, { ticketId: id, message: 'x' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      await expect(closeTicket(stranger, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await expect(getTicket(receptionist, 'nonsense')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await getTicket(a.ctx('owner'), id)).ticket.id).toBe(id);
    expect((await listTickets(receptionist, {})).tickets.map((ticket) => ticket.id)).toEqual([id]);
    expect((await listTickets(b.ctx('owner'), {})).tickets).toEqual([]);
  });

  it('tells the colleagues whom a note names, once, and nobody who is named in an answer', async () => {
    const priya = await colleague('read-only', 'Priya Nair');
    const other = await colleague('support', 'Otto Lang');
    const id = await openTicket(a.ctx('owner'), input(), FRIDAY);
    const told = await answer(id, 'note', '@priya and @Sunil: have you seen @Priya Nair?', FRIDAY);
    expect(told).toEqual({ told: ['Priya Nair'] });
    const named = await ticketMessageModel.find({ mentionedAt: FRIDAY }).lean();
    expect(named.map(({ mentionedIds }) => mentionedIds?.map(String))).toEqual([[priya.id]]);
    const mail = await mails(/^ticket-mention:/);
    expect(mail).toMatchObject([{ to: priya.email, subject: expect.stringContaining('Sunil names you') }]);
    expect(await answer(id, 'waiting', 'Ask @Otto, please.', FRIDAY)).toEqual({ told: [] });
    expect(await mails(/^ticket-mention:/)).toHaveLength(1);
    expect((await mails(/^ticket:/)).some(({ to }) => to === other.email)).toBe(false);
    await userModel.deleteMany({ _id: op({ $in: [objectId(priya.id), objectId(other.id)] }) });
  });

  it('tells a colleague to whom it is given, and not who takes it', async () => {
    const priya = await colleague('support', 'Priya Given');
    const id = await openTicket(a.ctx('owner'), input(), FRIDAY);
    const told = () => mails(new RegExp(`^ticket-assigned:${id}`));
    await assignTicket(platform, { ticketId: id, assigneeId: platform.actor.userId }, FRIDAY);
    expect(await told()).toEqual([]);
    await assignTicket(platform, { ticketId: id, assigneeId: priya.id }, FRIDAY);
    expect(await told()).toMatchObject([{ to: priya.email, subject: expect.stringMatching(/^Yours now: /) }]);
    await userModel.deleteOne({ _id: objectId(priya.id) });
  });

  it('has a number of its own when two are opened at once, and takes the first of two answers', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => openTicket(a.ctx('owner'), input())));
    expect(new Set(await Promise.all(ids.map(async (id) => (await row(id)).number))).size).toBe(3);
    const [id = ''] = ids;
    const { version } = await row(id);
    const both = await Promise.allSettled(
      ['One', 'Two'].map((message) =>
        answerTicket(platform, { ticketId: id, version, message, outcome: 'waiting' }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await getTicket(a.ctx('owner'), id)).messages).toHaveLength(2);
  });
});

it('tells whoever has it once before an answer is late and once when it is', async () => {
  await ticketModel.updateMany({}, { $set: { dueAt: null, warnAt: null } });
  const id = await openTicket(a.ctx('owner'), input(), FRIDAY);
  const told = async () =>
    (await mails(new RegExp(`^ticket-(soon|late):${id}`))).map(({ subject }) => String(subject));
  expect(await watchTickets(ist('2026-06-07T12:00'))).toBe(0);
  await Promise.all([watchTickets(ist('2026-06-08T15:00')), watchTickets(ist('2026-06-08T15:00'))]);
  expect(await told()).toEqual([expect.stringMatching(/^Due soon/)]);
  await watchTickets(ist('2026-06-08T17:00'));
  await watchTickets(ist('2026-06-08T17:30'));
  expect((await told()).sort()).toEqual([expect.stringMatching(/^Due soon/), expect.stringMatching(/^Late/)]);
  await answer(id, 'waiting', 'Sorry', ist('2026-06-08T18:00'));
  expect(await getTargetsReport(platform, '2026-06')).toMatchObject({
    plans: expect.arrayContaining([expect.objectContaining({ plan: 'professional', late: 1 })]),
  });
  expect(await watchTickets(ist('2026-06-20T12:00'))).toBe(0);
});

describe('a reply by mail', () => {
  const post = (mail: string, secret = process.env.SUPPORT_INBOUND_SECRET) =>
    POST(
      new Request('http://127.0.0.1/api/tickets/inbound', {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}` },
        body: mail,
      }),
    );
  const mailOf = (
    id: string,
    changes: { from?: string; to?: string; messageId?: string; extra?: string; text?: string } = {},
  ) =>
    [
      `From: Somebody <${changes.from ?? a.owner.email}>`,
      `To: ${changes.to ?? replyAddress(id)?.toUpperCase()}`,
      `Message-ID: <${changes.messageId ?? randomUUID()}@mail.test>`,
      ...(changes.extra ? [changes.extra] : []),
      'Subject: Re: ticket',
      '',
      changes.text ?? 'Thanks, by mail.\r\n\r\nOn Mon, 8 Jun 2026, Chakravue wrote:\r\n> quoted',
    ].join('\r\n');
  const outcome = async (response: Response) => [response.status, (await response.json()).outcome];

  it('comes into its ticket once, without what it quotes', async () => {
    const id = await openTicket(a.ctx('owner'), input());
    await answer(id, 'waiting', 'Which version?', new Date());
    expect(replyAddress(id)?.split('@')[0]?.length).toBeLessThanOrEqual(64);
    const mail = mailOf(id, { messageId: 'one' });
    expect(await outcome(await post(mail))).toEqual([200, 'stored']);
    expect(await outcome(await post(mail))).toEqual([200, 'known']);
    const { ticket, messages } = await getTicket(a.ctx('owner'), id);
    expect(messages.at(-1)).toMatchObject({ text: 'Thanks, by mail.', isByMail: true, by: 'customer' });
    expect(messages).toHaveLength(3);
    expect(ticket.status).toBe('open');
  });

  it('is taken from nobody who has left, and nobody who has left is written to', async () => {
    const leaver = a.ctx('owner');
    const id = await openTicket(leaver, input());
    const mine = { userId: objectId(a.owner.id), organizationId: objectId(a.organizationId) };
    await membershipModel.updateOne(mine, { $set: { status: 'suspended' } });
    try {
      const sent = (await mails(/^ticket:/)).length;
      await answer(id, 'waiting', 'A secret of the hospital', new Date());
      expect(await mails(/^ticket:/)).toHaveLength(sent);
      expect(await outcome(await post(mailOf(id)))).toEqual([202, 'refused']);
    } finally {
      await membershipModel.updateOne(mine, { $set: { status: 'active' } });
    }
  });

  it('is refused without the secret, from somebody else, with a changed address, from a machine, and empty', async () => {
    const id = await openTicket(a.ctx('owner'), input());
    const forged = replyAddress(id)?.replace(/.@/, (end) => (end === '0@' ? '1@' : '0@')) ?? '';
    expect(await outcome(await post(mailOf(id), 'wrong'))).toEqual([401, 'not allowed']);
    expect(await outcome(await post(mailOf(id, { from: b.owner.email })))).toEqual([202, 'refused']);
    expect(await outcome(await post(mailOf(id, { to: forged })))).toEqual([202, 'not ours']);
    expect(await outcome(await post(mailOf(id, { to: 'support@chakravue.test' })))).toEqual([
      202,
      'not ours',
    ]);
    expect(await outcome(await post(mailOf(id, { extra: 'Auto-Submitted: auto-replied' })))).toEqual([
      202,
      'automatic',
    ]);
    expect(await outcome(await post(mailOf(id, { text: '> quoted only' })))).toEqual([202, 'empty']);
    expect(await outcome(await post('\0 nothing of a mail'))).toEqual([202, 'not ours']);
    expect((await post('x'.repeat(25 * 1024 * 1024 + 1))).status).toBe(413);
    expect((await getTicket(a.ctx('owner'), id)).messages).toHaveLength(1);
    // The company reads in the ticket what was not taken, and who asked is told; who sent it is not.
    const inside = (await getDeskTicket(platform, id)).messages.map(({ text }) => text);
    expect(inside.filter((text) => text.includes('was not taken'))).toEqual([
      `A mail from ${b.owner.email} was not taken: it came from an address that is not of the person who opened the ticket.`,
      `A mail from ${a.owner.email} was not taken: nothing was written in it.`,
    ]);
    const told = await mails(/^ticket-not-taken:/);
    expect(told).toHaveLength(2);
    expect(JSON.stringify(told)).not.toContain(`"to":"${b.owner.email}"`);
  });

  it('is taken from the same mailbox with a tag, and by where it was delivered', async () => {
    const id = await openTicket(a.ctx('owner'), input());
    const tagged = a.owner.email.replace('@', '+support@');
    expect(await outcome(await post(mailOf(id, { from: tagged, text: 'With a tag.' })))).toEqual([
      200,
      'stored',
    ]);
    const delivered = `Delivered-To: ${replyAddress(id)}`;
    const blind = mailOf(id, { to: 'support@chakravue.test', extra: delivered, text: 'By delivery.' });
    expect(await outcome(await post(blind))).toEqual([200, 'stored']);
    expect((await getTicket(a.ctx('owner'), id)).messages.slice(1).map(({ text }) => text)).toEqual([
      'With a tag.',
      'By delivery.',
    ]);
  });

  it('is taken apart only when its address proves itself, wherever else that is written', async () => {
    const id = await openTicket(a.ctx('owner'), input());
    const own = replyAddress(id) ?? '';
    vi.mocked(parseMail).mockClear();
    for (const head of [
      `Subject: ${own}`,
      `X-To: ${own}`,
      `To: ${own.replace('+', '-')}`,
      `Subject: x\r\n\r\nTo: ${own}`,
      `X-Long: ${'x'.repeat(70_000)}\r\nTo: ${own}`,
      `To: ${'+'.concat('0'.repeat(44), '@b.test, ').repeat(30)} ${own}`,
    ])
      expect(
        await outcome(await post(`From: ${a.owner.email}\r\n${head}\r\n\r\n${'<'.repeat(1_000)}`)),
      ).toEqual([202, 'not ours']);
    expect(parseMail).not.toHaveBeenCalled();
    const folded = `From: ${a.owner.email}\r\nSubject: x\r\ncC: Support\r\n <${own}>\r\n\r\nFolded.`;
    expect(await outcome(await post(folded))).toEqual([200, 'stored']);
    expect(parseMail).toHaveBeenCalledOnce();
  });

  it('that cannot be taken apart is never sent again, and one that cannot be stored now is', async () => {
    const id = await openTicket(a.ctx('owner'), input());
    vi.mocked(parseMail).mockResolvedValueOnce(null);
    expect(await outcome(await post(mailOf(id)))).toEqual([202, 'not a mail']);
    vi.mocked(parseMail).mockRejectedValueOnce(new Error('no thread'));
    const later = await post(mailOf(id));
    expect(later.headers.get('retry-after')).toBe('60');
    expect(await outcome(later)).toEqual([503, 'not stored']);
    expect((await getTicket(a.ctx('owner'), id)).messages).toHaveLength(1);
  });
});

it('counts an answer that was late although the clock was stopped before it', async () => {
  const late = async () =>
    (await getTargetsReport(platform, '2026-07')).plans.find(({ plan }) => plan === 'professional')?.late;
  const id = await openTicket(a.ctx('owner'), input(), ist('2026-07-01T09:00'));
  await pauseTicket(platform, id, ist('2026-07-03T09:00'));
  await answer(id, 'waiting', 'Sorry', ist('2026-07-03T09:01'));
  expect(await late()).toBe(1);
});

it('counts an answer after a pause that began before any working time was used', async () => {
  const inTime = async () =>
    (await getTargetsReport(platform, '2026-08')).plans.find(({ plan }) => plan === 'professional')?.inTime;
  // Saturday to Saturday evening: the clock has counted nothing.
  const id = await openTicket(a.ctx('owner'), input(), ist('2026-08-01T09:00'));
  await pauseTicket(platform, id, ist('2026-08-01T10:00'));
  await replyTicket(a.ctx('owner'), { ticketId: id, message: 'Still there.' }, ist('2026-08-01T11:00'));
  await pauseTicket(platform, id, ist('2026-08-01T12:00'));
  await answer(id, 'solved', 'Mended', ist('2026-08-01T18:00'));
  expect(await inTime()).toBe(1);
});

it('promises what was agreed to tickets that are opened afterwards, around the clock', async () => {
  const ctx = a.ctx('owner');
  const before = await openTicket(ctx, input(), FRIDAY);
  await setAgreedTarget(platform, a.organizationId, { minutes: 30, counted: 'always' });
  const id = await openTicket(ctx, input(), FRIDAY);
  expect(await row(id)).toMatchObject({ dueAt: new Date(FRIDAY.getTime() + 30 * 60_000) });
  expect((await row(before)).dueAt).toEqual(ist('2026-06-08T16:30'));
  expect((await getTicket(ctx, id)).ticket.promise).toBe('within 30 minutes, day and night');
  // On the other day the same ticket is late by its own promise.
  await answer(id, 'waiting', 'Looking', new Date(FRIDAY.getTime() + 31 * 60_000));
  await replyTicket(ctx, { ticketId: id, message: 'And now?' }, ist('2026-06-06T10:00'));
  expect((await row(id)).dueAt).toEqual(ist('2026-06-06T10:30'));
  await setAgreedTarget(platform, a.organizationId, null);
  expect((await getTicket(ctx, await openTicket(ctx, input(), FRIDAY))).ticket.promise).toBe(
    'within 8 working hours',
  );
  await expect(setAgreedTarget(platform, '0'.repeat(24), null)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(
    agreedTargetInput.safeParse({ organizationId: a.organizationId, hours: '0', counted: 'always' }).success,
  ).toBe(false);
});

it('finds what is late and what soon will be, the most urgent first', async () => {
  const now = new Date();
  const open = (minutes: number) =>
    openTicket(b.ctx('owner'), input(), new Date(now.getTime() - minutes * 60_000));
  await setAgreedTarget(platform, b.organizationId, { minutes: 60, counted: 'always' });
  const [late, later, soon] = [await open(90), await open(600), await open(50)];
  await open(5);
  const ids = async (due: 'late' | 'soon') =>
    (await listDesk(platform, deskQuery.parse({ due, plan: 'starter' }), now)).tickets.map(({ id }) => id);
  expect(await ids('late')).toEqual([later, late]);
  expect(await ids('soon')).toEqual([soon]);
  await setAgreedTarget(platform, b.organizationId, null);
});

it('keeps, changes and deletes saved answers', async () => {
  await saveAnswer(platform, { answerId: '', title: 'Hello', text: 'Dear {{name}}' });
  const id = await openTicket(a.ctx('owner'), input());
  const [saved] = (await getDeskTicket(platform, id)).answers;
  expect(saved).toMatchObject({ title: 'Hello', text: 'Dear {{name}}' });
  await saveAnswer(platform, { answerId: saved?.id ?? '', title: 'Hello', text: 'Hi' });
  expect((await getDeskTicket(platform, id)).answers).toMatchObject([{ text: 'Hi' }]);
  await deleteAnswer(platform, saved?.id ?? '');
  expect((await getDeskTicket(platform, id)).answers).toEqual([]);
});

it('lists from an index, whatever is filtered', async () => {
  const filters = [
    {},
    { status: 'open' },
    { assignee: 'me' },
    { assignee: 'nobody', status: 'open' },
    { priority: 'high' },
    { plan: 'starter' },
    { due: 'late' },
    { due: 'soon', status: 'open' },
  ];
  const finds = [
    ...filters.map((filter) => findDesk(platform, deskQuery.parse(filter))),
    findOwnTickets(a.ctx('owner'), {}),
    findOwnTickets(a.ctx('receptionist'), {}),
  ];
  for (const { find } of await Promise.all(finds)) expectIndexed(await find.explain('executionStats'));
  expect((await listDesk(platform, deskQuery.parse({ assignee: 'me' }))).tickets.length).toBeGreaterThan(0);
});

it('is found on the desk by its number, its words, what was said, who asked and the customer’s phone', async () => {
  const mark = randomUUID().slice(0, 8);
  const id = await openTicket(a.ctx('owner'), {
    ...input(),
    subject: `Label printer ${mark}`,
    message: 'Ink',
  });
  await replyTicket(a.ctx('owner'), { ticketId: id, message: `It says überhitzt-${mark} (E.12)` });
  const [row] = await ticketModel.find({ _id: objectId(id) }).lean();
  const phone = `+91 80 ${Date.now()}`;
  await organizationModel.updateOne({ _id: objectId(a.organizationId) }, { $set: { phone } });
  const found = async (q: string) =>
    (await listDesk(platform, deskQuery.parse({ q }))).tickets.some((ticket) => ticket.id === id);
  const said = [`printer ${mark}`, `überhitzt ${mark}`, `e.12) ${mark}`, `#${row?.number}`];
  for (const q of [...said, row?.openedByName ?? '', phone.slice(-9)]) expect(await found(q), q).toBe(true);
  for (const q of [`scanner ${mark}`, '.*', `${phone.slice(-9)}0`, `#${row?.number}99`])
    expect(await found(q), q).toBe(false);
  expect((await listDesk(platform, deskQuery.parse({ q: mark, status: 'solved' }))).tickets).toEqual([]);
  expect(await findTicketsBy(platform, `überhitzt ${mark}`, 8)).toMatchObject([{ id }]);
});
