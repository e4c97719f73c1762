import 'server-only';
import { actorId } from '@/features/identity/account/service/confirm-password';
import { hashToken } from '@/lib/crypto/cipher';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { listWaiting } from './service';

/** Who can come back at this computer; nobody's address is told. */
export async function listPeople(deviceId: string | undefined, now = new Date()) {
  const waiting = await listWaiting(deviceId, now);
  if (waiting.length === 0) return [];
  const [users, organizations] = await Promise.all([
    userModel
      .find({
        _id: op({ $in: waiting.map(({ userId }) => userId) }),
        disabledAt: null,
        pinHash: op({ $exists: true }),
      })
      .select('name')
      .lean(),
    organizationModel
      .find({ _id: op({ $in: waiting.flatMap(({ organizationId }) => organizationId ?? []) }) })
      .select('organizationName')
      .lean(),
  ]);
  return waiting.flatMap(({ _id, userId, organizationId }) => {
    const user = users.find((row) => row._id.equals(userId));
    const organization = organizations.find((row) => organizationId && row._id.equals(organizationId));
    return user && organization
      ? [{ person: hashToken(_id), name: user.name, organization: organization.organizationName }]
      : [];
  });
}
export type WaitingPerson = Awaited<ReturnType<typeof listPeople>>[number];

export const hasPin = async (ctx: TenantContext): Promise<boolean> =>
  Boolean(await userModel.exists({ _id: objectId(actorId(ctx)), pinHash: op({ $exists: true }) }));
