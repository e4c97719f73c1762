import 'server-only';
import type { ClientSession } from 'mongoose';
import { enqueue } from '../work/queue';
import { logMail } from './log';
import type { Mail } from './send';

type QueuedMail = Pick<Mail, 'to' | 'subject' | 'text' | 'html' | 'fromName' | 'replyTo' | 'headers'>;
type About = { session?: ClientSession; organizationId?: string; runAt?: Date };

/**
 * Asks for a mail to be sent, in the transaction of what it tells where there is one, and writes it into the
 * log of mails. The first word of the key says what it is about.
 */
export async function enqueueMail(key: string, mail: QueuedMail, about: About = {}): Promise<void> {
  const { session, organizationId, runAt } = about;
  await logMail(key, mail.to, { organizationId, session });
  await enqueue('mail.send', key, mail, { ...(session ? { session } : {}), ...(runAt ? { runAt } : {}) });
}
