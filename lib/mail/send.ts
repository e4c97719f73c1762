import 'server-only';
import { createTransport, type Transporter } from 'nodemailer';
import { env } from '../env';

export type Mail = {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** In the place of our own name; the address stays ours, or mailboxes would take it for forged. */
  fromName?: string;
  replyTo?: string;
  /** The same for a mail that may be sent twice, so that mailboxes know it. */
  messageId?: string;
  headers?: Record<string, string>;
  /** Whom mail servers tell of a mail that they cannot deliver. */
  envelope?: { from: string; to: string };
  attachments?: { filename: string; content: Buffer; contentType: string }[];
};

const KEY = Symbol.for('chakravue.mail');
const global = globalThis as { [key: symbol]: Transporter | undefined };

/** Hands a mail to the SMTP server. Called by the `mail.send` job, which tries again when this throws. */
export async function sendMail({ fromName, ...mail }: Mail): Promise<void> {
  global[KEY] ??= createTransport(env().SMTP_URL);
  await global[KEY].sendMail({ from: senderOf(env().MAIL_FROM, fromName), ...mail });
}

const senderOf = (own: string, name: string | undefined) =>
  name ? { name, address: /<([^>]+)>/.exec(own)?.[1] ?? own } : own;

const VERIFY_TIMEOUT_MS = 5_000;

/** Signs in to the SMTP server and leaves; sends nothing. @throws when it does not answer or refuses us. */
export async function verifyMailServer(): Promise<void> {
  const { SMTP_URL } = env();
  const limits = ['connectionTimeout', 'greetingTimeout', 'socketTimeout'].map(
    (name) => `${name}=${VERIFY_TIMEOUT_MS}`,
  );
  const transport = createTransport(`${SMTP_URL}${SMTP_URL.includes('?') ? '&' : '?'}${limits.join('&')}`);
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}
