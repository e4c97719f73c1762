import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { type Inbound, isRefused, reportBounces } from './bounce';
import type { CaughtMail, MailStore } from './store';

const MAX_BYTES = 10 * 1024 * 1024;

/** Takes mail from this machine, for any recipient but `refused...@`, and delivers none. */
export function smtpServer(store: MailStore, inbound?: Inbound): SMTPServer {
  return new SMTPServer({
    banner: 'Chakravue mail catcher',
    size: MAX_BYTES,
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    // Any name and password will do: nothing is delivered.
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anyone' }),
    onRcptTo: ({ address }, _session, done) =>
      isRefused(address)
        ? done(Object.assign(new Error(`5.1.1 <${address}>: no such mailbox`), { responseCode: 550 }))
        : done(),
    onData: (stream, session, done) => {
      const { mailFrom, rcptTo } = session.envelope;
      read(
        stream,
        mailFrom ? mailFrom.address : '',
        rcptTo.map(({ address }) => address),
      )
        .then(async (mail) => {
          if (stream.sizeExceeded) {
            done(Object.assign(new Error('The mail is larger than 10 MB'), { responseCode: 552 }));
            return;
          }
          await store.add(mail);
          done();
          const sender = mailFrom ? mailFrom.address : '';
          await reportBounces(inbound, sender, mail.to).catch((error: unknown) =>
            process.stderr.write(`mail: a bounce could not be reported: ${String(error)}\n`),
          );
        })
        .catch((error: unknown) => done(error instanceof Error ? error : new Error(String(error))));
    },
  });
}

async function read(
  stream: SMTPServerDataStream,
  sender: string,
  to: string[],
): Promise<Omit<CaughtMail, 'id' | 'receivedAt'>> {
  const mail = await simpleParser(stream);
  const html = mail.html || null;
  const text = mail.text ?? '';
  return {
    from: mail.from?.text ?? sender,
    to,
    subject: mail.subject ?? '',
    text,
    html,
    links: linksIn(html, text),
    attachments: mail.attachments.map(({ filename, contentType, size }) => ({
      filename: filename ?? 'unnamed',
      contentType,
      sizeBytes: size,
    })),
  };
}

/** Every web address in the mail, each once, in the order of the HTML part and then of the text. */
function linksIn(html: string | null, text: string): string[] {
  const found = [...(html ?? '').matchAll(/\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)].map((match) =>
    (match[1] ?? match[2] ?? '').replaceAll('&amp;', '&'),
  );
  for (const [address] of text.matchAll(/https?:\/\/[^\s<>"')\]]+/g))
    found.push(address.replace(/[.,;:!?]+$/, ''));
  return [...new Set(found.filter((address) => /^https?:\/\//i.test(address)))];
}
