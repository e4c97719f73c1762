import 'server-only';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { duplicateKey } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TicketRow } from '../dto';
import { findAsker, mailNotTaken } from '../mails';
import { ticketMessageModel, ticketModel } from '../model';
import { addMessage } from './message';

const WHY = {
  unknown: 'it came from an address that is not of the person who opened the ticket',
  old: 'the ticket was solved more than 30 days ago',
  empty: 'nothing was written in it',
} as const;

/**
 * Says of a mail that was not taken that it was not: inside the ticket to the company, by mail to the person
 * who opened it. Its sender is not answered: anybody could write in anybody's name. Once for each mail.
 */
export async function refuseMail(
  ticketId: string,
  { from, mailId, why }: { from: string; mailId: string; why: keyof typeof WHY },
  now = new Date(),
): Promise<void> {
  const row = (await ticketModel.findById(objectId(ticketId, 'ticket')).lean()) as TicketRow | null;
  if (!row || (await ticketMessageModel.exists({ mailId }))) return;
  const sender = from.trim().slice(0, 254);
  const text = `A mail from ${sender} was not taken: ${WHY[why]}.`;
  try {
    await auditedMasterWrite(null, async (session) => {
      const remark = { by: 'system' as const, userId: null, name: 'Mail', text, isInternal: true, mailId };
      const id = await addMessage(row, remark, session, now);
      const asker = await findAsker(row);
      if (asker) await mailNotTaken(row, { id, to: asker, sender, why: WHY[why] }, session);
    });
  } catch (error) {
    // The same mail at the same moment.
    if (!duplicateKey(error)) throw error;
  }
}
