import 'server-only';
import { createTransport, type Transporter } from 'nodemailer';
import { env } from '../env';

export type Mail = {
  to: string;
  subject: string;
  text: string;
  html: string;
  replyTo?: string;
  /** The same for a mail that may be sent twice, so that mailboxes know it. */
  messageId?: string;
  headers?: Record<string, string>;
  attachments?: { filename: string; content: Buffer; contentType: string }[];
};

const KEY = Symbol.for('chakravue.mail');
const global = globalThis as { [key: symbol]: Transporter | undefined };

/** Hands a mail to the SMTP server. Called by the `mail.send` job, which tries again when this throws. */
export async function sendMail(mail: Mail): Promise<void> {
  global[KEY] ??= createTransport(env().SMTP_URL);
  await global[KEY].sendMail({ from: env().MAIL_FROM, ...mail });
}
