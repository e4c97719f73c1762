import 'server-only';
import type { ClientSession } from 'mongoose';
import { membershipModel } from '../master/models/membership';
import { userModel } from '../master/models/user';
import { newObjectId, objectId, op } from '../mongo';
import { composeMail } from './compose';
import { enqueueMail } from './queue';

export type Notice = { subject: string; paragraphs: string[] };

const CLOSING = 'If this was not you, choose a new password at once and tell the owner of your organization.';
const CLOSING_FOR_OWNERS =
  'If nobody of you wanted this, end the sessions of that person, let them choose a new password, and tell our support.';

/** Tells a person that something about their sign-in changed; part of the transaction that changes it. */
export async function mailPerson(
  { name, email }: { name: string; email: string },
  { subject, paragraphs }: Notice,
  session: ClientSession,
): Promise<void> {
  const mail = composeMail({ to: email, name, subject, paragraphs: [...paragraphs, CLOSING] });
  await enqueueMail(`security:${newObjectId()}`, mail, { session });
}

/** Tells every owner of an organization what one of its people did with it. */
export async function mailOwners(organizationId: string, { subject, paragraphs }: Notice): Promise<void> {
  const owners = await membershipModel
    .find({ organizationId: objectId(organizationId), status: 'active', role: 'owner' })
    .select('userId')
    .limit(100)
    .lean();
  const people = await userModel
    .find({ _id: op({ $in: owners.map(({ userId }) => userId) }), disabledAt: null })
    .select('name email')
    .lean();
  const id = newObjectId().toString();
  for (const { _id, name, email } of people) {
    const mail = composeMail({ to: email, name, subject, paragraphs: [...paragraphs, CLOSING_FOR_OWNERS] });
    await enqueueMail(`security:${id}:${_id.toString()}`, mail, { organizationId });
  }
}
