import 'server-only';
import { organizationModel } from '../master/models/organization';
import type { OrganizationState } from '../master/vocabulary';
import { objectId, op } from '../mongo';
import { foldName } from './fold-name';

/** Signed up and never paid for: a name in one of these states is nobody's yet. */
const UNPAID: OrganizationState[] = ['pending_payment', 'requested'];

/**
 * Whether an organization of the country works under this name already. Two people who choose one name at the
 * same moment may both get it: names are for people, ids tell organizations apart.
 */
export async function isNameTaken(
  { organizationName, country }: { organizationName: string; country: string },
  exceptId?: string,
): Promise<boolean> {
  const other = await organizationModel.exists({
    nameKey: foldName(organizationName),
    country,
    status: op({ $nin: UNPAID }),
    ...(exceptId ? { _id: op({ $ne: objectId(exceptId) }) } : {}),
  });
  return other !== null;
}
