import 'server-only';
import type { ClientSession } from 'mongoose';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import type { SignupInput } from './schema';

/** At once to who asked for an Enterprise offer: that it has arrived, and what comes next. */
export async function mailRequestReceived(
  organizationId: string,
  input: Pick<SignupInput, 'organizationName' | 'email' | 'name' | 'expectedUsers' | 'phone'>,
  session: ClientSession,
  now = new Date(),
): Promise<void> {
  const mail = composeMail({
    to: input.email,
    name: input.name,
    subject: `We have your request for ${input.organizationName}`,
    paragraphs: [
      `You asked for an Enterprise offer for ${input.expectedUsers} people. It is noted under the name ${input.organizationName}.`,
      `Somebody of our sales team writes to you within one working day, or calls ${input.phone}. Then you get the offer with a link: it says the price, the limits and where your database will live.`,
      'Nothing is charged, and nobody can sign in, until you have accepted the offer and paid. If you did not ask for this, ignore this mail.',
    ],
  });
  await enqueueMail(`request:${organizationId}:${now.getTime()}`, mail, { session, organizationId });
}
