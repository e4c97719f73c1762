import 'server-only';
import { actorId, confirmPassword } from '@/features/identity/account/service/confirm-password';
import { enter } from '@/features/identity/second-factor/service/finish-sign-in';
import { syncDirectory } from '@/features/identity/staff/projection';
import { releaseSeats } from '@/features/identity/staff/seats';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { isFreed } from '@/lib/auth/freed';
import { admit, type SignedIn, type SignInRequest } from '@/lib/auth/sign-in';
import { AppError, notFoundError } from '@/lib/errors';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { sessionModel } from '@/lib/master/models/session';
import { userModel } from '@/lib/master/models/user';
import { objectId, op } from '@/lib/mongo';
import { enqueueProjection } from '@/lib/organizations/projection';
import type { TenantContext } from '@/lib/tenancy/context';
import { wakeWorker } from '@/lib/work/queue';

/**
 * Goes on in another organization of the person: a new session there, the one here ends.
 * @throws AppError NOT_FOUND for an organization that the person does not work for, FORBIDDEN with the
 * reason.
 */
export async function switchOrganization(
  ctx: TenantContext,
  input: { organizationId: string },
  request: SignInRequest & { sessionId: string },
  now = new Date(),
): Promise<SignedIn> {
  const here = await sessionModel.findById(request.sessionId).select('method').lean();
  // This organization's provider vouches for the person here and nowhere else.
  if (here?.method === 'single-sign-on') {
    throw new AppError(
      'FORBIDDEN',
      'You are signed in for this organization only. Sign out, and sign in to the other one with your password.',
    );
  }
  const userId = objectId(actorId(ctx));
  const organizationId = objectId(input.organizationId, 'organization');
  const places = await membershipModel
    .find({
      userId,
      organizationId: op({ $in: [organizationId, objectId(ctx.organizationId)] }),
      status: 'active',
    })
    .select('organizationId factorsFrom')
    .lean();
  const isThere = places.some((place) => place.organizationId.equals(organizationId));
  if (!isThere || input.organizationId === ctx.organizationId) throw notFoundError('organization');
  const user = await userModel.findById(userId).orFail().lean();
  // Where one of the two has freed the person, what opened this one does not open the other.
  if (places.some((place) => isFreed(place, user)))
    throw new AppError('FORBIDDEN', 'Sign out, and sign in to the other organization by itself.');
  const { sessionId, ...facts } = request;
  const person = await enter(() =>
    admit(user, facts, { method: 'switch', organizationId: input.organizationId }, now),
  );
  await auditedMasterWrite(ctx, (session) =>
    sessionModel.updateOne({ _id: sessionId, userId }, { $set: { revokedAt: now } }, { session }),
  );
  return person;
}

/**
 * Ends the person's own membership here. The last owner cannot: two owners who leave at the same moment both
 * touch the organization's row, so one of them is asked again and finds no other.
 * @throws AppError INVALID_INPUT on the password, CONFLICT for the last owner.
 */
export async function leaveOrganization(
  ctx: TenantContext,
  input: { currentPassword: string },
  now = new Date(),
): Promise<void> {
  await confirmPassword(ctx, input.currentPassword);
  const id = actorId(ctx);
  const [userId, organizationId] = [objectId(id), objectId(ctx.organizationId)];
  await auditedMasterWrite(ctx, async (session) => {
    await organizationModel.updateOne({ _id: organizationId }, { $set: { updatedAt: now } }, { session });
    const mine = await membershipModel.findOne({ userId, organizationId }).session(session).lean();
    if (!mine) throw notFoundError('membership');
    if (mine.role === 'owner') {
      const other = await membershipModel
        .findOne({ organizationId, status: 'active', role: 'owner', userId: op({ $ne: userId }) })
        .select('userId')
        .session(session)
        .lean();
      if (!other) {
        throw new AppError(
          'CONFLICT',
          'You are the only owner. Make somebody else an owner on the staff page before you leave.',
        );
      }
      await organizationModel.updateOne(
        { _id: organizationId, ownerId: userId },
        { $set: { ownerId: other.userId } },
        { session },
      );
    }
    await membershipModel.deleteOne({ userId, organizationId }, { session });
    await releaseSeats(ctx.organizationId, 1, session);
    await sessionModel.updateMany(
      { userId, organizationId, revokedAt: null },
      { $set: { revokedAt: now } },
      { session },
    );
    await enqueueProjection(ctx.organizationId, id, session);
  });
  wakeWorker();
  await syncDirectory(ctx.db, id);
}
