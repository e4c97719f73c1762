import 'server-only';
import type { ClientSession } from 'mongoose';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError } from '@/lib/errors';
import { masterTransaction } from '@/lib/master/connection';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { currentVersions, legalDocument } from './documents';
import { acceptanceModel } from './model';
import { AGREEMENTS, type Versions, versionsOf } from './policy';

type Id = ReturnType<typeof objectId>;
type Who = { userId: Id; name: string; email: string; ip: string };

/**
 * Keeps that somebody bound the organization to the versions of today, in the transaction of what asked for
 * it.
 */
export async function recordAcceptance(
  organizationId: Id,
  who: Who,
  session: ClientSession,
  now = new Date(),
): Promise<void> {
  const rows = AGREEMENTS.map((agreement) => {
    const { version, sha256 } = legalDocument(agreement);
    return { organizationId, ...who, agreement, version, sha256, acceptedAt: now };
  });
  await acceptanceModel.create(rows, { session, ordered: true });
  await organizationModel.updateOne(
    { _id: organizationId },
    { $set: { acceptedVersions: currentVersions() } },
    { session },
  );
}

/**
 * An owner accepts what is shown: the versions come along, so that nobody is bound to a text that changed
 * since.
 * @throws AppError FORBIDDEN for who is not an owner, CONFLICT when there is a newer version.
 */
export async function acceptAgreements(ctx: TenantContext, shown: Versions, ip: string): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== 'staff' || actor.role !== 'owner')
    throw new AppError('FORBIDDEN', 'Only an owner can bind the organization.');
  const current = currentVersions();
  if (AGREEMENTS.some((name) => shown[name] !== current[name]))
    throw new AppError('CONFLICT', 'There is a newer version than the one you were shown. Read it first.');
  const organizationId = objectId(ctx.organizationId);
  const userId = objectId(actor.userId);
  const user = await userModel.findById(userId).select('email emailVerifiedAt').lean();
  if (!user?.emailVerifiedAt)
    throw new AppError('FORBIDDEN', 'Confirm your e-mail address first, with the link that we sent to it.');
  await auditedMasterWrite(ctx, async (session) => {
    const before = await organizationModel
      .findById(organizationId)
      .select('acceptedVersions')
      .session(session)
      .lean();
    await recordAcceptance(organizationId, { userId, name: actor.name, email: user.email, ip }, session);
    noteChange(ctx, versionsOf(before ?? {}), current, AGREEMENTS);
  });
}

/** The job after somebody else proved the address of an account: what it accepted binds nobody. */
export async function voidAcceptances(userId: string, now = new Date()): Promise<void> {
  await masterTransaction(async (session) => {
    const own = { userId: objectId(userId), voidedAt: op({ $exists: false }) };
    const bound = await acceptanceModel.distinct('organizationId', own).session(session);
    await acceptanceModel.updateMany(own, { $set: { voidedAt: now } }, { session });
    await organizationModel.updateMany(
      { _id: op({ $in: bound }) },
      { $unset: { acceptedVersions: 1 } },
      { session },
    );
  });
}
