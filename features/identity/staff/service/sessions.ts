import 'server-only';
import type { ClientSession } from 'mongoose';
import { sessionModel } from '@/lib/master/models/session';
import type { objectId } from '@/lib/mongo';

export type MembershipKey = {
  userId: ReturnType<typeof objectId>;
  organizationId: ReturnType<typeof objectId>;
};

/** Signs a person out of this organization everywhere. */
export async function endSessions(place: MembershipKey, session: ClientSession): Promise<void> {
  await sessionModel.updateMany(
    { ...place, revokedAt: null },
    { $set: { revokedAt: new Date() } },
    { session },
  );
}
