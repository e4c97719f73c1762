import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type MailCatcher, startMailCatcher } from './catcher';

describe('the mail catcher', () => {
  let dataDir: string;
  let catcher: MailCatcher;
  const start = () => startMailCatcher({ httpPort: 0, smtpPort: 0, dataDir, limit: 5 });

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'mail-'));
    catcher = await start();
  });
  afterEach(async () => {
    await catcher.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const send = (to: string, subject: string, html = '<p>Hello</p>') =>
    createTransport(catcher.smtpUrl).sendMail({
      from: 'Chakravue <no-reply@chakravue.test>',
      to,
      subject,
      html,
      text: 'Open https://app.test/verify-email/abc.',
    });
  const get = async (path: string) => (await fetch(`${catcher.url}${path}`)).json();

  it('lists what was sent, newest first, and finds it by recipient in any case', async () => {
    await send('first@hospital.test', 'One');
    await send('second@hospital.test', 'Two');
    expect((await get('/api/messages')).messages.map(({ subject }: { subject: string }) => subject)).toEqual([
      'Two',
      'One',
    ]);
    const { messages } = await get('/api/messages?to=FIRST@hospital.test');
    expect(messages).toMatchObject([{ subject: 'One', to: ['first@hospital.test'] }]);
    expect((await get('/api/messages?to=first@hospital')).messages).toEqual([]);
  });

  it('takes mail that bounces later, reports it to who sent it, and refuses mail to nobody', async () => {
    const reports: { secret: string | undefined; text: string }[] = [];
    const app = createServer((request, response) => {
      let text = '';
      request.on('data', (part) => {
        text += String(part);
      });
      request.on('end', () => {
        reports.push({ secret: request.headers.authorization, text });
        response.end();
      });
    }).listen(0, '127.0.0.1');
    await once(app, 'listening');
    const url = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
    const inbound = { url, secret: 'hush' };
    const other = await startMailCatcher({ httpPort: 0, smtpPort: 0, dataDir: join(dataDir, 'b'), inbound });
    const transport = createTransport(other.smtpUrl);
    const mail = { from: 'support+b-1@chakravue.test', subject: 'One', text: 'Hello' };
    await transport.sendMail({ ...mail, to: 'bounce@hospital.test' });
    await transport.sendMail({ ...mail, to: 'reads@hospital.test' });
    await expect(transport.sendMail({ ...mail, to: 'refused@hospital.test' })).rejects.toMatchObject({
      code: 'EENVELOPE',
      responseCode: 550,
    });
    await vi.waitFor(() => expect(reports).toHaveLength(1));
    expect(reports[0]).toMatchObject({ secret: 'Bearer hush' });
    expect(reports[0]?.text).toContain('To: support+b-1@chakravue.test');
    await other.stop();
    app.close();
  });

  it('shows text, HTML and each link once', async () => {
    await send(
      'owner@hospital.test',
      'Links',
      '<a href="https://app.test/a?x=1&amp;y=2">A</a> <a href="javascript:alert(1)">B</a>',
    );
    const [{ id }] = (await get('/api/messages')).messages;
    const mail = await get(`/api/messages/${id}`);
    expect(mail.links).toEqual(['https://app.test/a?x=1&y=2', 'https://app.test/verify-email/abc']);
    expect(mail.text).toContain('Open https://');
  });

  it('keeps a hostile mail away from its own page', async () => {
    await send('a@hospital.test', '<script>alert(1)</script>', '<script>alert(2)</script>');
    const [{ id }] = (await get('/api/messages')).messages;
    const page = await (await fetch(`${catcher.url}/messages/${id}`)).text();
    expect(page).not.toContain('<script>alert');
    expect(await (await fetch(catcher.url)).text()).not.toContain('<script>alert');
    const frame = await fetch(`${catcher.url}/messages/${id}/html`);
    expect(frame.headers.get('content-security-policy')).toMatch(/^sandbox .*default-src 'none'/);
  });

  it('loses nothing over a restart, keeps the newest within its bound, and empties on request', async () => {
    for (const number of [1, 2, 3, 4, 5, 6, 7]) await send('owner@hospital.test', `Mail ${number}`);
    const subjects = async () =>
      (await get('/api/messages')).messages.map(({ subject }: { subject: string }) => subject);
    const expected = ['Mail 7', 'Mail 6', 'Mail 5', 'Mail 4', 'Mail 3'];
    expect(await subjects()).toEqual(expected);
    await catcher.stop();
    catcher = await start();
    expect(await subjects()).toEqual(expected);
    const answer = await fetch(`${catcher.url}/api/messages`, { method: 'DELETE' });
    expect(await answer.json()).toEqual({ deleted: 5 });
    await catcher.stop();
    catcher = await start();
    expect(await subjects()).toEqual([]);
  });

  it('answers 404 for what is not there', async () => {
    for (const path of [
      '/api/messages/nothing',
      '/messages/nothing',
      '/messages/nothing/html',
      '/api/other',
      '/..%2f..%2fetc',
    ]) {
      expect((await fetch(`${catcher.url}${path}`)).status).toBe(404);
    }
  });
});
