import 'server-only';
import { createHash } from 'node:crypto';
import type { ClientSession } from 'mongoose';
import { listColleagues } from '@/lib/auth/colleagues';
import { isSameSecret, signValue } from '@/lib/crypto/cipher';
import { env } from '@/lib/env';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { membershipModel } from '@/lib/master/models/membership';
import { userModel } from '@/lib/master/models/user';
import { paths } from '@/lib/paths';
import type { TicketRow } from './dto';

const PURPOSE = 'ticket-reply';

/** Lower case and short: the part before the @ may have 64 characters, and mail programs change its case. */
const markOf = (ticketId: string): string =>
  createHash('sha256')
    .update(signValue(PURPOSE, ticketId, new Date(0)))
    .digest('hex')
    .slice(0, 20);

/**
 * `support+<ticket and mark>@domain`: a person who has it may write into this one ticket, as the one who
 * opened it.
 */
export function replyAddress(ticketId: string): string | null {
  const address = env().SUPPORT_EMAIL;
  if (!address) return null;
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+${ticketId}${markOf(ticketId)}${address.slice(at)}`;
}

/** The ticket that a reply address opens; null for any other address. */
export function readReplyAddress(address: string): string | null {
  const [, ticketId, mark] = /\+([0-9a-f]{24})([0-9a-f]{20})@/i.exec(address) ?? [];
  if (!ticketId || !mark) return null;
  return isSameSecret(mark.toLowerCase(), markOf(ticketId.toLowerCase())) ? ticketId.toLowerCase() : null;
}

const titleOf = ({ number, subject }: Pick<TicketRow, 'number' | 'subject'>): string =>
  `[#${number}] ${subject}`;

/** Who asked, while they still work there: what is answered later is nothing for somebody who has left. */
export async function findAsker(ticket: Pick<TicketRow, 'openedById' | 'organizationId'>) {
  const isMember = await membershipModel.exists({
    userId: ticket.openedById,
    organizationId: ticket.organizationId,
    status: 'active',
  });
  if (!isMember) return null;
  return userModel.findOne({ _id: ticket.openedById, disabledAt: null }).select('name email emailKey').lean();
}

/** At once to the person who asked: under which number it stands and by when somebody answers. */
export async function mailReceived(
  ticket: Pick<TicketRow, '_id' | 'number' | 'subject' | 'openedById' | 'organizationId'>,
  promise: string,
  session: ClientSession,
): Promise<void> {
  const user = await findAsker(ticket);
  if (!user) return;
  const id = ticket._id.toString();
  const replyTo = replyAddress(id);
  const mail = composeMail({
    to: user.email,
    subject: titleOf(ticket),
    name: user.name,
    paragraphs: [
      `We have your ticket. Its number is #${ticket.number}.`,
      `Somebody of our support answers ${promise}, by mail and on the page.`,
      replyTo
        ? 'To add something, answer this mail or write on the page. Please never write about a patient in it.'
        : 'To add something, write on the page. Please never write about a patient there.',
    ],
    button: { label: 'Open the ticket', url: `${env().NEXTAUTH_URL}${paths.ticket(id)}` },
  });
  await enqueueMail(
    `ticket-opened:${id}`,
    { ...mail, ...(replyTo ? { replyTo } : {}) },
    { session, organizationId: ticket.organizationId.toString() },
  );
}

/** The company's answer, to the person who asked. */
export async function mailAnswer(
  ticket: TicketRow,
  answer: { id: string; text: string; name: string; isSolved: boolean; files: number },
  session: ClientSession,
): Promise<void> {
  const user = await findAsker(ticket);
  if (!user) return;
  const replyTo = replyAddress(ticket._id.toString());
  const mail = composeMail({
    to: user.email,
    subject: titleOf(ticket),
    name: user.name,
    paragraphs: [
      ...answer.text.split(/\n{2,}/),
      `${answer.name}, Chakravue support`,
      // Not in the mail: the page asks who is there first.
      ...(answer.files > 0 ? ['Files come with this answer: open the ticket to get them.'] : []),
      ...(answer.isSolved ? ['We think that this is solved. If it is not, just answer.'] : []),
      replyTo
        ? 'Answer this mail or on the page. Please never write about a patient in it.'
        : 'Answer on the page. Please never write about a patient there.',
    ],
    button: {
      label: answer.isSolved ? 'Open the ticket and rate our help' : 'Open the ticket',
      url: `${env().NEXTAUTH_URL}${paths.ticket(ticket._id.toString())}`,
    },
  });
  await enqueueMail(
    `ticket:${answer.id}`,
    { ...mail, ...(replyTo ? { replyTo } : {}) },
    { session, organizationId: ticket.organizationId.toString() },
  );
}

/** To the person who asked: a mail to their ticket has not come in. */
export async function mailNotTaken(
  ticket: TicketRow,
  { id, to, sender, why }: { id: string; to: { email: string; name: string }; sender: string; why: string },
  session: ClientSession,
): Promise<void> {
  const mail = composeMail({
    to: to.email,
    subject: `Not taken: ${titleOf(ticket)}`,
    name: to.name,
    paragraphs: [
      `A mail from ${sender} to this ticket was not taken: ${why}.`,
      `Write from ${to.email}, or on the page.`,
    ],
    button: {
      label: 'Open the ticket',
      url: `${env().NEXTAUTH_URL}${paths.ticket(ticket._id.toString())}`,
    },
  });
  await enqueueMail(`ticket-not-taken:${id}`, mail, {
    session,
    organizationId: ticket.organizationId.toString(),
  });
}

/** To a colleague whom an internal note names. */
export async function mailMention(
  ticket: TicketRow,
  note: { id: string; text: string; by: string },
  to: { id: string; name: string; email: string },
  session: ClientSession,
): Promise<void> {
  const mail = composeMail({
    to: to.email,
    subject: `${note.by} names you: ${titleOf(ticket)}`,
    name: to.name,
    paragraphs: [...note.text.split(/\n{2,}/), `${note.by}, in an internal note`],
    button: {
      label: 'Open the ticket',
      url: `${env().NEXTAUTH_URL}${paths.platformTicket(ticket._id.toString())}`,
    },
  });
  await enqueueMail(`ticket-mention:${note.id}:${to.id}`, mail, { session });
}

/** To a colleague to whom somebody else has given the ticket. */
export async function mailAssigned(
  ticket: TicketRow,
  by: string,
  to: { id: string; name: string; email: string },
  session: ClientSession,
): Promise<void> {
  const due = ticket.dueAt?.toISOString().slice(0, 16).replace('T', ' ');
  const mail = composeMail({
    to: to.email,
    subject: `Yours now: ${titleOf(ticket)}`,
    name: to.name,
    paragraphs: [
      `${by} gave this ticket to you.`,
      due ? `The answer is promised by ${due} UTC.` : 'No answer is due at the moment.',
    ],
    button: {
      label: 'Open the ticket',
      url: `${env().NEXTAUTH_URL}${paths.platformTicket(ticket._id.toString())}`,
    },
  });
  await enqueueMail(`ticket-assigned:${ticket._id.toString()}:${ticket.version}:${to.id}`, mail, { session });
}

/** To the person who has the ticket, or to all of the company's people when nobody has. */
export async function mailLate(
  ticket: TicketRow,
  kind: 'soon' | 'late',
  session: ClientSession,
): Promise<void> {
  const all = await listColleagues('tickets:write');
  const theirs = all.filter(({ id }) => id === ticket.assigneeId?.toString());
  // Who has it may have left the team, or may not answer any more.
  for (const user of theirs.length > 0 ? theirs : all) {
    const mail = composeMail({
      to: user.email,
      subject: `${kind === 'late' ? 'Late' : 'Due soon'}: ${titleOf(ticket)}`,
      name: user.name,
      paragraphs: [
        kind === 'late'
          ? 'The answer to this ticket was promised by now.'
          : `The answer to this ticket is promised by ${ticket.dueAt?.toISOString().slice(0, 16).replace('T', ' ') ?? ''} UTC.`,
        ticket.assigneeName ? `It is with ${ticket.assigneeName}.` : 'Nobody has taken it.',
      ],
      button: {
        label: 'Open the ticket',
        url: `${env().NEXTAUTH_URL}${paths.platformTicket(ticket._id.toString())}`,
      },
    });
    const key = `ticket-${kind}:${ticket._id.toString()}:${ticket.version}:${user.id}`;
    await enqueueMail(key, mail, { session });
  }
}
