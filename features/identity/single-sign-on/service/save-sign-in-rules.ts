import 'server-only';
import type { ClientSession } from 'mongoose';
import { requireEntitlement } from '@/features/subscription/entitlements/service';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { membershipModel } from '@/lib/master/models/membership';
import { sessionModel } from '@/lib/master/models/session';
import { ssoConnectionModel } from '@/lib/master/models/sso-connection';
import { userModel } from '@/lib/master/models/user';
import type { StaffRole } from '@/lib/master/vocabulary';
import { objectId, op } from '@/lib/mongo';
import { assertUnchanged } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { emailDomainModel } from '../model';
import { rulesOf } from '../queries';

type Rules = {
  isJustInTime: boolean;
  defaultRole: StaffRole;
  countsAsSecondFactor: boolean;
  isEnforced: boolean;
  breakGlass: string[];
  version?: string;
};

/**
 * Who comes in how. Enforcing ends the sessions that were opened otherwise, but for one's own and the named
 * owners'.
 * @throws AppError NOT_FOUND, CONFLICT when enforcing would lock everybody out.
 */
export async function saveSignInRules(ctx: TenantContext, rules: Rules, now = new Date()): Promise<void> {
  requireEntitlement(ctx, 'single-sign-on');
  const _id = objectId(ctx.organizationId);
  const before = await ssoConnectionModel.findById(_id).lean();
  if (!before) throw notFoundError('connection');
  const breakGlassIds = await breakGlassOwners(ctx, rules.breakGlass);
  if (rules.isEnforced) {
    const hasDomain = await emailDomainModel.exists({
      organizationId: _id,
      verifiedAt: op({ $type: 'date' as const }),
    });
    if (!before.testedAt || !hasDomain)
      throw new AppError('CONFLICT', 'Test the connection and verify a domain before you enforce it.');
    if (breakGlassIds.length === 0) {
      throw new AppError(
        'CONFLICT',
        'Name at least one owner with a second factor who can sign in when your provider is down.',
      );
    }
  }
  const { breakGlass: _names, version, ...fields } = rules;
  await auditedMasterWrite(ctx, async (session) => {
    assertUnchanged(
      rulesOf(await ssoConnectionModel.findById(_id).session(session).orFail().lean()),
      version,
    );
    await ssoConnectionModel.updateOne({ _id }, { $set: { ...fields, breakGlassIds } }, { session });
    noteChange(ctx, before, { ...fields, breakGlassIds }, [
      'isJustInTime',
      'defaultRole',
      'countsAsSecondFactor',
      'isEnforced',
      'breakGlassIds',
    ]);
    if (rules.isEnforced && !before.isEnforced) await endOtherSessions(ctx, breakGlassIds, now, session);
  });
}

type Ids = ReturnType<typeof objectId>[];

/** @throws AppError CONFLICT for somebody who does not own this organization or has no second factor. */
async function breakGlassOwners(ctx: TenantContext, named: readonly string[]): Promise<Ids> {
  const ids = [...new Set(named)].map((id) => objectId(id, 'owner'));
  if (ids.length === 0) return [];
  const [owners, ready] = await Promise.all([
    membershipModel.countDocuments({
      organizationId: objectId(ctx.organizationId),
      userId: op({ $in: ids }),
      role: 'owner',
      status: 'active',
    }),
    userModel.countDocuments({
      _id: op({ $in: ids }),
      secondFactorSince: op({ $type: 'date' as const }),
    }),
  ]);
  if (owners !== ids.length) throw notFoundError('owner');
  if (ready !== ids.length)
    throw new AppError('CONFLICT', 'An owner named for emergencies needs a second factor first.');
  return ids;
}

async function endOtherSessions(
  ctx: TenantContext,
  except: Ids,
  now: Date,
  session: ClientSession,
): Promise<void> {
  const organizationId = objectId(ctx.organizationId);
  const people = await membershipModel
    .find({ organizationId })
    .select('userId')
    .limit(5_000)
    .session(session)
    .lean();
  const own = ctx.actor.kind === 'staff' ? ctx.actor.userId : '';
  const stay = new Set([own, ...except.map(String)]);
  await sessionModel.updateMany(
    {
      userId: op({ $in: people.map(({ userId }) => userId).filter((id) => !stay.has(id.toString())) }),
      organizationId,
      method: op({ $ne: 'single-sign-on' as const }),
      revokedAt: null,
    },
    { $set: { revokedAt: now } },
    { session },
  );
}
