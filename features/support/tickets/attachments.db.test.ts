import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

process.env.SUPPORT_EMAIL = 'support@chakravue.test';

import { auditEventModel } from '@/lib/audit/ledger';
import { newObjectId, objectId } from '@/lib/mongo';
import { fileStore } from '@/lib/storage/file-store';
import type { TenantContext } from '@/lib/tenancy/context';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import {
  attachAtDesk,
  attachOwn,
  keepAttachment,
  openDeskAttachment,
  openOwnAttachment,
  removeUnsent,
} from './attachments';
import { receiveMail } from './inbound';
import { replyAddress } from './mails';
import { ticketAttachmentModel, ticketModel } from './model';
import { getDeskTicket, getTicket } from './queries';
import { attachmentInput, openTicketInput } from './schema';
import { answerTicket, openTicket, replyTicket } from './service';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const LOG = Buffer.from('canary of the log: out of paper\n');

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
const bytes = async function* (content: Buffer) {
  yield content.subarray(0, 5);
  yield content.subarray(5);
};
const facts = (name: string, content: Buffer) =>
  attachmentInput.parse({ name, claimedType: '', sizeBytes: content.length });
const attach = async (ctx: TenantContext, name = 'screen.png', content = PNG) =>
  (await attachOwn(ctx, facts(name, content), bytes(content))).id;
const open = (ctx: TenantContext, attachmentIds: string[] = []) =>
  openTicket(
    ctx,
    openTicketInput.parse({
      category: 'problem',
      priority: 'normal',
      subject: 'The board is empty',
      message: 'See the picture.',
      attachmentIds,
    }),
  );
const rowOf = async (id: string) => ticketAttachmentModel.findById(objectId(id)).lean();
const stored = async () => (await fileStore()).list(`tickets/${a.organizationId}`);
const versionOf = async (id: string) => (await ticketModel.findById(objectId(id)).orFail().lean()).version;
const answer = async (ticketId: string, outcome: 'waiting' | 'note', attachmentIds: string[]) =>
  answerTicket(platform, {
    ticketId,
    outcome,
    message: 'See the file.',
    version: await versionOf(ticketId),
    attachmentIds,
  });

beforeAll(async () => {
  a = await testOrganization();
  b = await testOrganization();
});
afterAll(async () => {
  await a.dispose();
  await b.dispose();
  await closeConnections();
});

describe('a file of a ticket', () => {
  it('goes both ways, is nowhere in plain, and each opening is in the log', async () => {
    const ctx = a.ctx('receptionist');
    const ids = [await attach(ctx), await attach(ctx, 'canary.log', LOG)];
    const ticketId = await open(ctx, ids);
    const [first] = (await getTicket(ctx, ticketId)).messages;
    expect(first?.attachments).toEqual([
      { id: ids[0], name: 'screen.png', sizeBytes: PNG.length, leftOut: null },
      { id: ids[1], name: 'canary.log', sizeBytes: LOG.length, leftOut: null },
    ]);
    expect(JSON.stringify(await rowOf(ids[1] ?? ''))).not.toContain('canary');
    for (const key of await stored())
      expect((await (await fileStore()).get(key))?.includes('canary')).toBe(false);
    const opened = await openOwnAttachment(ctx, ids[1] ?? '');
    expect(opened).toMatchObject({ file: { name: 'canary.log', contentType: 'text/plain' } });
    expect(opened.content.equals(LOG)).toBe(true);
    expect((await openDeskAttachment(platform, ids[0] ?? '')).content.equals(PNG)).toBe(true);

    const reply = (await attachAtDesk(platform, ticketId, facts('how.png', PNG), bytes(PNG))).id;
    await answer(ticketId, 'waiting', [reply]);
    expect((await getTicket(ctx, ticketId)).messages.at(-1)?.attachments).toMatchObject([
      { name: 'how.png' },
    ]);
    expect((await openOwnAttachment(ctx, reply)).content.equals(PNG)).toBe(true);
    const events = await auditEventModel(ctx).find({ action: 'ticket.open-attachment' }).lean();
    expect(events.map(({ target }) => target)).toEqual([`ticket:${ticketId}`, `ticket:${ticketId}`]);
  });

  it('is for the people of that ticket alone, and that of a note for the company alone', async () => {
    const ctx = a.ctx('receptionist');
    const id = await attach(ctx);
    // Not sent yet: nobody's.
    await expect(openOwnAttachment(ctx, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(openDeskAttachment(platform, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const ticketId = await open(ctx, [id]);
    for (const stranger of [a.ctx('doctor'), b.ctx('owner')])
      await expect(openOwnAttachment(stranger, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await openOwnAttachment(a.ctx('owner'), id)).file.name).toBe('screen.png');

    const note = (await attachAtDesk(platform, ticketId, facts('inside.png', PNG), bytes(PNG))).id;
    await answer(ticketId, 'note', [note]);
    await expect(openOwnAttachment(ctx, note)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(JSON.stringify(await getTicket(ctx, ticketId))).not.toContain('inside.png');
    expect((await openDeskAttachment(platform, note)).content.equals(PNG)).toBe(true);
    expect(JSON.stringify(await getDeskTicket(platform, ticketId))).toContain('inside.png');
  });

  it('is sent once, by whoever uploaded it; a message with another’s file is not written', async () => {
    const ctx = a.ctx('receptionist');
    const id = await attach(ctx);
    const ticketId = await open(ctx, [id]);
    const others = [
      id,
      await attach(a.ctx('doctor')),
      await attach(b.ctx('owner')),
      (await attachAtDesk(platform, ticketId, facts('x.png', PNG), bytes(PNG))).id,
      newObjectId().toString(),
    ];
    for (const other of others)
      await expect(
        replyTicket(ctx, { ticketId, message: 'With it', attachmentIds: [other] }),
      ).rejects.toMatchObject({ code: 'CONFLICT', field: 'attachmentIds' });
    // The company's own draft belongs to the organization that it was uploaded for.
    const elsewhere = await open(b.ctx('owner'));
    await expect(answer(elsewhere, 'waiting', [others[3] ?? ''])).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await getTicket(ctx, ticketId)).messages).toHaveLength(1);
    await expect(
      attachAtDesk(platform, newObjectId().toString(), facts('x.png', PNG), bytes(PNG)),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is refused when it is of another kind or in disguise, and leaves nothing behind', async () => {
    const before = await stored();
    const page = Buffer.from('<!doctype html><script>alert(1)</script>');
    for (const [name, content] of [
      ['page.html', page],
      ['screen.png', page],
      ['x.txt', Buffer.from([0x61, 0, 0x62])],
      ['x.txt', Buffer.from([0xff, 0xfe, 0x61])],
    ] as const)
      await expect(attach(a.ctx('owner'), name, content), name).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
    await expect(
      attachOwn(a.ctx('owner'), { ...facts('a.png', PNG), sizeBytes: 10 }, bytes(PNG)),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await stored()).toEqual(before);
  });

  it('is removed a day after it was uploaded and not sent; what was sent stays', async () => {
    const ctx = a.ctx('pharmacist');
    const sent = await attach(ctx);
    await open(ctx, [sent]);
    const left = await attach(ctx);
    const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);
    await removeUnsent(inHours(24.5));
    expect(await rowOf(left)).not.toBeNull();
    // Over, though not removed yet: it can no longer be sent.
    const ticketId = await open(ctx);
    await expect(
      replyTicket(ctx, { ticketId, message: 'x', attachmentIds: [left] }, inHours(24.5)),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    await removeUnsent(inHours(26));
    expect(await rowOf(left)).toBeNull();
    expect(await stored()).not.toContain(`tickets/${a.organizationId}/${left}`);
    expect((await openOwnAttachment(ctx, sent)).content.equals(PNG)).toBe(true);
  });

  it('is not kept when too many wait to be sent', async () => {
    const uploader = {
      organizationId: a.organizationId,
      userId: newObjectId().toString(),
      by: 'customer' as const,
    };
    const file = { name: 'x.txt', claimedType: '', content: LOG };
    await ticketAttachmentModel.create(
      Array.from({ length: 30 }, () => ({
        organizationId: objectId(a.organizationId),
        by: uploader.by,
        uploadedById: objectId(uploader.userId),
        name: 'x',
        sizeBytes: 1,
        expiresAt: new Date(),
      })),
    );
    await expect(keepAttachment(uploader, file)).rejects.toMatchObject({ code: 'LIMIT_REACHED' });
  });
});

describe('files of a reply by mail', () => {
  type Part = { type: string; name?: string; content: Buffer };
  const mailOf = (ticketId: string, text: string, parts: Part[]) =>
    Buffer.from(
      [
        `From: Owner <${a.owner.email}>`,
        `To: ${replyAddress(ticketId)}`,
        `Message-ID: <${randomUUID()}@mail.test>`,
        'Subject: Re: ticket',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=cut',
        '',
        '--cut',
        'Content-Type: text/plain',
        '',
        text,
        ...parts.flatMap(({ type, name, content }) => [
          '--cut',
          `Content-Type: ${type}`,
          `Content-Disposition: attachment${name ? `; filename="${name}"` : ''}`,
          'Content-Transfer-Encoding: base64',
          '',
          content.toString('base64'),
        ]),
        '--cut--',
        '',
      ].join('\r\n'),
    );

  it('are taken under the same limits, the others are named, and a mail that comes twice stores nothing twice', async () => {
    const ctx = a.ctx('owner');
    const ticketId = await open(ctx);
    const image = (name: string) => ({ type: 'image/png', name, content: PNG });
    const mail = mailOf(ticketId, 'Here they are.', [
      image('1.png'),
      { type: 'application/octet-stream', name: 'setup.exe', content: Buffer.from('MZ\0\0 a program') },
      { type: 'application/pdf', content: Buffer.from('%PDF-1.7\n%%EOF\n') },
      ...['3.png', '4.png', '5.png', '6.png'].map(image),
    ]);
    expect(await receiveMail(mail)).toBe('stored');
    const files = await stored();
    expect(await receiveMail(mail)).toBe('known');
    expect(await stored()).toEqual(files);
    const last = (await getTicket(ctx, ticketId)).messages.at(-1);
    expect(last).toMatchObject({ text: 'Here they are.', isByMail: true });
    const named = last?.attachments ?? [];
    expect(named.filter(({ leftOut }) => !leftOut).map(({ name }) => name)).toEqual([
      '1.png',
      'attachment-3.pdf',
      '3.png',
      '4.png',
      '5.png',
    ]);
    expect(named.flatMap(({ leftOut }) => leftOut ?? [])).toEqual([
      expect.stringContaining('We cannot keep setup.exe.'),
      '6.png is one file too many.',
    ]);
    const leftOut = named.find((one) => one.leftOut)?.id ?? '';
    await expect(openOwnAttachment(ctx, leftOut)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(JSON.stringify(await rowOf(leftOut))).not.toContain('setup');
  });

  it('may come without a word', async () => {
    const ticketId = await open(a.ctx('owner'));
    const mail = mailOf(ticketId, '> only a quote', [{ type: 'image/png', name: '1.png', content: PNG }]);
    expect(await receiveMail(mail)).toBe('stored');
    expect((await getTicket(a.ctx('owner'), ticketId)).messages.at(-1)).toMatchObject({
      text: 'Sent files without a word.',
      attachments: [{ name: '1.png' }],
    });
    expect(await receiveMail(mailOf(ticketId, '> only a quote', []))).toBe('empty');
  });
});
