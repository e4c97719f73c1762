import 'server-only';
import { objectId, op } from '@/lib/mongo';
import { nameKey } from '@/lib/name-key';
import type { TenantContext } from '@/lib/tenancy/context';
import { type ExaminationTemplate, toTemplate } from './dto';
import { templateModel } from './model';

/** Of one owner; more are found by nobody. */
export const MOST_TEMPLATES = 40;

/** Who is asking, as an owner of templates. */
export const ownerOf = ({ actor }: TenantContext): string => (actor.kind === 'staff' ? actor.userId : '');

/** Everybody's, and one's own: those of a colleague are not there. */
export const ownedHere = (ctx: TenantContext) => ({ ownerId: op({ $in: [...new Set(['', ownerOf(ctx)])] }) });
/** One of these by its id. @throws AppError NOT_FOUND for a malformed one. */
export const visibleTo = (ctx: TenantContext, id: string, what: string) => ({
  _id: objectId(id, what),
  ...ownedHere(ctx),
});
/** A name as it is compared, behind its owner: no owner has a name twice. */
export const ownedKey = (name: string, ownerId: string): string =>
  [ownerId, nameKey(name)].filter(Boolean).join(' ');

/** The find behind the list; apart from it so that a test can ask how it is answered. */
export const findTemplateRows = (ctx: TenantContext) =>
  templateModel(ctx)
    .find(ownedHere(ctx))
    .sort({ ownerId: 1, nameKey: 1 })
    .limit(2 * MOST_TEMPLATES);

/** The templates of everybody, and one's own. */
export async function listTemplates(ctx: TenantContext): Promise<ExaminationTemplate[]> {
  return (await findTemplateRows(ctx).lean()).map(toTemplate);
}
