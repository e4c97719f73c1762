import 'server-only';
import { readAccess } from '@/features/identity/access/lookup';
import { confirmAgain } from '@/lib/auth/again';
import type { Permission } from '@/lib/auth/permission-table';
import { accessAllows, roleCan } from '@/lib/auth/permissions';
import { verifyPassword } from '@/lib/crypto/password';
import { AppError } from '@/lib/errors';
import { membershipModel } from '@/lib/master/models/membership';
import { userModel } from '@/lib/master/models/user';
import { STAFF_ROLES } from '@/lib/master/vocabulary';
import { objectId, op } from '@/lib/mongo';
import { clearPoints, returnPoint, takePoint } from '@/lib/rate-limit/limiter';
import type { TenantContext } from '@/lib/tenancy/context';
import { actorIdOf } from '../shifts/queries';

export type Approver = { id: string; name: string };

/** Who may approve a discount of the person who asks, which they themselves never may. By name. */
export const listApprovers = (ctx: TenantContext): Promise<Approver[]> =>
  listColleaguesWho(ctx, 'discounts:write');

/** Everybody else who works here and has a right. By name. */
export async function listColleaguesWho(ctx: TenantContext, permission: Permission): Promise<Approver[]> {
  // Those who may not are left out by the question, so that no limit on it leaves out one who may.
  const rows = await membershipModel
    .find({
      organizationId: objectId(ctx.organizationId),
      status: 'active',
      $or: [
        { role: op({ $in: STAFF_ROLES.filter((role) => roleCan(role, permission)) }) },
        { customRoleId: op({ $ne: null }) },
      ],
    })
    .select('userId role customRoleId')
    .lean();
  const accessOf = await readAccess(ctx, rows);
  const ids = rows
    .filter((row) => accessAllows(accessOf(row), permission))
    .filter(({ userId }) => userId.toString() !== actorIdOf(ctx))
    .map(({ userId }) => userId);
  const people = await userModel
    .find({ _id: op({ $in: ids }), disabledAt: null })
    .select('name')
    .lean();
  return people
    .map(({ _id, name }) => ({ id: _id.toString(), name }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * Lets another person approve at this desk, with their own PIN or password.
 * @throws AppError INVALID_INPUT on `approverId` or `approverPin`, TOO_MANY_REQUESTS.
 */
export async function confirmApprover(
  ctx: TenantContext,
  given: { approverId?: string | undefined; approverPin?: string | undefined },
): Promise<Approver> {
  const approver = (await listApprovers(ctx)).find(({ id }) => id === given.approverId);
  if (!approver)
    throw new AppError('INVALID_INPUT', 'This discount is above your limit. Choose who approves it.', {
      field: 'approverId',
    });
  if (!given.approverPin)
    throw new AppError('INVALID_INPUT', `${approver.name} approves this with their PIN or password.`, {
      field: 'approverPin',
    });
  const tries = ['approval.pair', `${actorIdOf(ctx)}>${approver.id}`] as const;
  if (/^\d{6}$/.test(given.approverPin)) {
    await takePoint(...tries);
    const user = await userModel.findById(objectId(approver.id)).select('+pinHash').lean();
    if (await verifyPassword(user?.pinHash, given.approverPin)) {
      await clearPoints(...tries);
      return approver;
    }
    // It may be a code of their authenticator: one guess, which is counted below.
    await returnPoint(...tries);
  }
  try {
    await confirmAgain(approver.id, given.approverPin, [...tries]);
  } catch (error) {
    if (error instanceof AppError && error.code === 'INVALID_INPUT')
      throw new AppError('INVALID_INPUT', 'That is not their PIN or password.', { field: 'approverPin' });
    throw error;
  }
  return approver;
}
