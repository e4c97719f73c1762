import 'server-only';
import { createHash } from 'node:crypto';
import { type ParsedMail, simpleParser } from 'mailparser';
import { readReplyAddress } from './mails';
import { withoutQuote } from './policy';
import { replyByMail } from './service';

export type MailOutcome = 'stored' | 'known' | 'automatic' | 'empty' | 'not ours';

/** Two programs that answer each other would go on for ever (RFC 3834). */
function isAutomatic(mail: ParsedMail): boolean {
  const submitted = String(mail.headers.get('auto-submitted') ?? 'no').toLowerCase();
  const precedence = String(mail.headers.get('precedence') ?? '').toLowerCase();
  return submitted !== 'no' || ['bulk', 'junk', 'list', 'auto_reply'].includes(precedence);
}

const addressesOf = (field: ParsedMail['to']): string[] =>
  (Array.isArray(field) ? field : field ? [field] : []).flatMap(({ value }) =>
    value.flatMap(({ address }) => address ?? []),
  );

/** What was attached first, then pictures within the text: those may be a signature's. */
const filesOf = (mail: ParsedMail): { name: string; content: Buffer }[] =>
  [...mail.attachments]
    .sort((a, b) => Number(a.related ?? false) - Number(b.related ?? false))
    .flatMap(({ filename = '', content }) => (Buffer.isBuffer(content) ? [{ name: filename, content }] : []));

/** Puts a reply by mail into its ticket. @throws AppError for one that its sender may not write. */
export async function receiveMail(raw: Buffer): Promise<MailOutcome> {
  const mail = await simpleParser(raw, { skipImageLinks: true });
  const ticketId = [...addressesOf(mail.to), ...addressesOf(mail.cc)]
    .map((address) => readReplyAddress(address))
    .find((found) => found !== null);
  const from = mail.from?.value[0]?.address;
  if (!ticketId || !from) return 'not ours';
  if (isAutomatic(mail)) return 'automatic';
  const files = filesOf(mail);
  const written = withoutQuote(mail.text ?? '').slice(0, 10_000);
  if (!written && files.length === 0) return 'empty';
  const text = written || 'Sent files without a word.';
  // Without an id of its own the same bytes are the same mail.
  const mailId = mail.messageId?.slice(0, 500) ?? createHash('sha256').update(raw).digest('hex');
  return (await replyByMail(ticketId, { from, text, mailId, files })) ? 'stored' : 'known';
}
