import 'server-only';
import type { ClientSession } from 'mongoose';
import { recipientsOf } from '@/features/subscription/billing/mails';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { notFoundError } from '@/lib/errors';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { organizationModel } from '@/lib/master/models/organization';
import { newObjectId, objectId } from '@/lib/mongo';
import { auditOperation, type By } from './begin';

/** Closes an organization, or opens it again where there is no reason; its subscription goes on. */
export async function setSuspension(by: By, organizationId: string, reason: string | null): Promise<void> {
  const update = reason
    ? { $set: { suspension: { since: new Date(), reason, byName: by.name } } }
    : { $unset: { suspension: '' } };
  const _id = objectId(organizationId, 'organization');
  await auditedMasterWrite(by.ctx, async (session) => {
    const { matchedCount } = await organizationModel.updateOne({ _id }, update, { session });
    if (matchedCount === 0) throw notFoundError('organization');
    await tellOwners(organizationId, reason, session);
  });
  await auditOperation(by, reason ? 'organization.suspend' : 'organization.resume', organizationId);
}

/** Each owner is told why nothing opens, or that it does again. */
async function tellOwners(
  organizationId: string,
  reason: string | null,
  session: ClientSession,
): Promise<void> {
  const _id = objectId(organizationId);
  const { organizationName } = await organizationModel
    .findById(_id)
    .select('organizationName')
    .session(session)
    .orFail()
    .lean();
  for (const { name, email } of await recipientsOf(_id)) {
    const mail = composeMail({
      to: email,
      name,
      subject: reason ? `${organizationName} is suspended` : `${organizationName} is open again`,
      paragraphs: reason
        ? [
            `We have suspended ${organizationName}. The reason: ${reason}`,
            'Nobody can work in it meanwhile. Its records are kept. Please answer this mail or write to our support.',
          ]
        : [`The suspension of ${organizationName} has ended. Everything is as it was.`],
    });
    await enqueueMail(`suspension:${newObjectId()}`, mail, { session, organizationId: _id.toString() });
  }
}
