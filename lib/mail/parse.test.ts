import { describe, expect, it } from 'vitest';
import { parseMail } from './parse';

const mail = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'));
const HEAD = ['From: Asha <asha@hospital.test>', 'To: a@b.test', 'Message-ID: <one@mail.test>'];

describe('a mail', () => {
  it('is taken apart in a thread: sender, text, files', async () => {
    const parsed = await parseMail(
      mail(
        ...HEAD,
        'Auto-Submitted: auto-replied',
        'Content-Type: multipart/mixed; boundary=x',
        '',
        '--x',
        'Content-Type: text/plain; charset=utf-8',
        '',
        'Thanks, चश्मा',
        '--x',
        'Content-Type: text/plain',
        'Content-Disposition: attachment; filename="a.txt"',
        '',
        'inside',
        '--x--',
      ),
    );
    expect(parsed).toMatchObject({
      from: 'asha@hospital.test',
      messageId: '<one@mail.test>',
      submitted: 'auto-replied',
      text: expect.stringContaining('Thanks, चश्मा'),
      files: [{ name: 'a.txt' }],
    });
    expect(parsed?.files[0]?.content.toString().trim()).toBe('inside');
  });

  it('leaves the process free while it is taken apart', async () => {
    const html = mail(...HEAD, 'Content-Type: text/html', '', '<b>x</b>'.repeat(120_000));
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const parsed = await parseMail(html);
    clearInterval(timer);
    expect(parsed?.from).toBe('asha@hospital.test');
    // A thread of its own takes long enough to start; on this one nothing would have had a turn.
    expect(turns).toBeGreaterThan(10);
  });

  it('that is large, hostile or nothing of a mail never throws, and ends within its bound', async () => {
    const worst = [
      Buffer.from('\0 nothing of a mail'),
      mail(...HEAD, 'Content-Type: text/html', '', '<'.repeat(3_000_000)),
      mail(...HEAD, 'Content-Type: text/html', '', '<div>'.repeat(200_000)),
      mail(...HEAD, ...Array.from({ length: 20_000 }, (_, index) => `X-${index}: 1`), '', 'x'),
      mail(`To: ${'a@b.test,'.repeat(50_000)}`, '', 'x'),
      mail(...HEAD, 'Content-Type: multipart/mixed; boundary=x', '', '--x\r\n\r\n'.repeat(20_000)),
    ];
    for (const raw of worst) {
      const parsed = await parseMail(raw, { maxSeconds: 10 });
      expect(parsed?.text.length ?? 0).toBeLessThanOrEqual(200_000);
    }
  }, 120_000);

  it('that takes too long is given up', async () => {
    expect(await parseMail(mail(...HEAD, '', 'x'), { maxSeconds: 0 })).toBeNull();
  });
});
