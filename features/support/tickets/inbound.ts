import 'server-only';
import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import { AppError, isAppError } from '@/lib/errors';
import { readDeliveryStatus, readReturnAddress } from '@/lib/mail/bounces';
import { noteBounce } from '@/lib/mail/log';
import { type ParsedMail, parseMail } from '@/lib/mail/parse';
import { takePoint } from '@/lib/rate-limit/limiter';
import { readReplyAddress } from './mails';
import { withoutQuote } from './policy';
import { refuseMail, replyByMail } from './service';

export type MailOutcome = 'bounce' | 'stored' | 'known' | 'automatic' | 'empty' | 'not ours' | 'not a mail';

/** Where the head of a mail must have ended; mail servers add some 10 kB. */
const MAX_HEAD_BYTES = 64 * 1024;
/** At most this many of our addresses are tried in one mail; a reply has fewer. */
const MAX_ADDRESSES = 20;

/** Two programs that answer each other would go on for ever (RFC 3834). */
const isAutomatic = ({ submitted, precedence }: ParsedMail): boolean =>
  !['', 'no'].includes(submitted) || ['bulk', 'junk', 'list', 'auto_reply'].includes(precedence);

/**
 * What a mail is for, by where it was sent and delivered to alone. Read without taking the mail
 * apart: what follows is done for those only, and nobody but we can make such an address.
 */
function aimOf(raw: Buffer, read: (address: string) => string | null): string | null {
  const start = raw.subarray(0, MAX_HEAD_BYTES).toString('latin1');
  const head = start.split(/\r?\n\r?\n/, 1)[0] ?? '';
  const fields = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const addresses = fields
    .filter((field) => /^(to|cc|delivered-to|x-original-to|envelope-to)[ \t]*:/i.test(field))
    .flatMap((field) => field.match(/\+(b-)?[0-9a-f]{44}@/gi) ?? []);
  for (const address of addresses.slice(0, MAX_ADDRESSES)) {
    const id = read(address);
    if (id) return id;
  }
  return null;
}

/** A mail may have 25 MB: two are taken apart at a time, in threads of their own, and a few wait. */
const turns = pLimit(2);
const MAX_WAITING = 6;

async function parseInTurn(raw: Buffer): Promise<ParsedMail | null> {
  if (turns.pendingCount >= MAX_WAITING)
    throw new AppError('UNAVAILABLE', 'There is much mail at the moment. Send it again in a minute.');
  return turns(() => parseMail(raw));
}

/** A mail server could not deliver one of our mails and says so; anything else to that address is dropped. */
async function receiveReport(mailId: string, raw: Buffer): Promise<MailOutcome> {
  await takePoint('inbound-mail.ticket', mailId);
  const mail = await parseInTurn(raw);
  if (!mail) return 'not a mail';
  const report = mail.deliveryStatus ? readDeliveryStatus(mail.deliveryStatus) : null;
  if (!report) return 'automatic';
  return (await noteBounce(mailId, report)) ? 'bounce' : 'not ours';
}

/**
 * Puts a reply by mail into its ticket, and a report of a mail server into the log of mails.
 * @throws AppError for one that its sender may not write, TOO_MANY_REQUESTS or UNAVAILABLE for one to send
 * again.
 */
export async function receiveMail(raw: Buffer): Promise<MailOutcome> {
  const returned = aimOf(raw, readReturnAddress);
  if (returned) return receiveReport(returned, raw);
  const ticketId = aimOf(raw, readReplyAddress);
  if (!ticketId) return 'not ours';
  await takePoint('inbound-mail.ticket', ticketId);
  const mail = await parseInTurn(raw);
  if (!mail) return 'not a mail';
  const { from, files } = mail;
  if (!from) return 'not ours';
  if (isAutomatic(mail)) return 'automatic';
  const written = withoutQuote(mail.text).slice(0, 10_000);
  const text = written || 'Sent files without a word.';
  // Without an id of its own the same bytes are the same mail.
  const mailId = mail.messageId?.slice(0, 500) ?? createHash('sha256').update(raw).digest('hex');
  if (!written && files.length === 0) {
    await refuseMail(ticketId, { from, mailId, why: 'empty' });
    return 'empty';
  }
  try {
    return (await replyByMail(ticketId, { from, text, mailId, files })) ? 'stored' : 'known';
  } catch (error) {
    if (isAppError(error) && (error.code === 'NOT_FOUND' || error.code === 'CONFLICT'))
      await refuseMail(ticketId, { from, mailId, why: error.code === 'CONFLICT' ? 'old' : 'unknown' });
    throw error;
  }
}
