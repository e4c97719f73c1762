import 'server-only';
import { userModel } from '../master/models/user';
import { objectId, op } from '../mongo';
import { type PlatformPermission, rolesWith } from './platform-permissions';

export type Colleague = { id: string; name: string; email: string };

const filterOf = (permission: PlatformPermission) => ({
  platformRole: op({ $in: [...rolesWith(permission)] }),
  disabledAt: null,
});

/** The company's people who may do something, by name, at most 200. */
export async function listColleagues(permission: PlatformPermission): Promise<Colleague[]> {
  const rows = await userModel
    .find(filterOf(permission))
    .sort({ name: 1 })
    .limit(200)
    .select('name email')
    .lean();
  return rows.map(({ _id, name, email }) => ({ id: _id.toString(), name, email }));
}

/** One of them; null for anybody else. @throws AppError NOT_FOUND for what is not an id. */
export async function findColleague(
  userId: string,
  permission: PlatformPermission,
): Promise<Colleague | null> {
  const _id = objectId(userId, 'colleague');
  const row = await userModel
    .findOne({ _id, ...filterOf(permission) })
    .select('name email')
    .lean();
  return row ? { id: userId, name: row.name, email: row.email } : null;
}
