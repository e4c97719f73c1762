import 'server-only';
import { op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type ExaminationTemplate, toTemplate } from './dto';
import { templateModel } from './model';

/** Of one owner; more are found by nobody. */
export const MOST_TEMPLATES = 40;

/** Who is asking, as an owner of templates. */
export const ownerOf = ({ actor }: TenantContext): string => (actor.kind === 'staff' ? actor.userId : '');

/** The find behind the list; apart from it so that a test can ask how it is answered. */
export const findTemplateRows = (ctx: TenantContext) =>
  templateModel(ctx)
    .find({ ownerId: op({ $in: [...new Set(['', ownerOf(ctx)])] }) })
    .sort({ ownerId: 1, nameKey: 1 })
    .limit(2 * MOST_TEMPLATES);

/** The templates of everybody, and one's own. */
export async function listTemplates(ctx: TenantContext): Promise<ExaminationTemplate[]> {
  return (await findTemplateRows(ctx).lean()).map(toTemplate);
}
