import 'server-only';
import { env } from '@/lib/env';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { membershipModel } from '@/lib/master/models/membership';
import { userModel } from '@/lib/master/models/user';
import { objectId, op } from '@/lib/mongo';
import { paths } from '@/lib/paths';

/** Mails each owner of the organization; `key` names the occasion, so that one occasion is one mail. */
export async function mailOwners(
  organizationId: string,
  mail: { key: string; subject: string; paragraphs: string[] },
): Promise<void> {
  const owners = await membershipModel
    .find({ organizationId: objectId(organizationId), status: 'active', role: 'owner' })
    .select('userId')
    .lean();
  const people = await userModel
    .find({ _id: op({ $in: owners.map(({ userId }) => userId) }) })
    .select('name email')
    .lean();
  for (const { _id, name, email } of people) {
    const composed = composeMail({
      to: email,
      subject: mail.subject,
      name,
      paragraphs: mail.paragraphs,
      button: { label: 'Open support access', url: `${env().NEXTAUTH_URL}${paths.supportAccess}` },
    });
    await enqueueMail(`support:${mail.key}:${_id.toString()}`, composed, { organizationId });
  }
}
