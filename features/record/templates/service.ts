import 'server-only';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId } from '@/lib/mongo';
import { nameKey } from '@/lib/name-key';
import { assertUnchanged } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { type ExaminationTemplate, templateFormOf, toTemplate } from './dto';
import { templateModel } from './model';
import { MOST_TEMPLATES, ownerOf, visibleTo } from './queries';
import type { SaveTemplateInput } from './schema';
import { STARTER_TEMPLATES } from './starter-templates';

const AUDITED = ['name', 'kind', 'isOwn', 'groups', 'rows', 'normals'] as const;

/** Adds a template, or changes one. @throws AppError CONFLICT, LIMIT_REACHED, NOT_FOUND. */
export async function saveTemplate(
  ctx: TenantContext,
  { templateId, version, owner, normals, ...input }: SaveTemplateInput,
): Promise<ExaminationTemplate> {
  const ownerId = owner === 'me' ? ownerOf(ctx) : '';
  const facts = {
    ...input,
    ownerId,
    nameKey: nameKey(input.name),
    normals: JSON.stringify(normals),
    savedByName: ctx.actor.name,
  };
  try {
    return await auditedWrite(ctx, async (session) => {
      const before = templateId
        ? await templateModel(ctx)
            .findOne(visibleTo(ctx, templateId, 'template'))
            .session(session)
            .lean()
        : null;
      if (templateId && !before) throw notFoundError('template');
      if (before) assertUnchanged(templateFormOf(before), version);
      else if ((await templateModel(ctx).countDocuments({ ownerId }).session(session)) >= MOST_TEMPLATES)
        throw new AppError('LIMIT_REACHED', `There are ${MOST_TEMPLATES} already. Delete one first.`);
      const _id = before?._id ?? newObjectId();
      const row = await templateModel(ctx)
        .findOneAndUpdate({ _id }, { $set: facts }, { session, upsert: !before, returnDocument: 'after' })
        .orFail()
        .lean();
      ctx.audit?.about(`template:${_id}`);
      noteChange(ctx, before && templateFormOf(before), templateFormOf(row), AUDITED);
      return toTemplate(row);
    });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    throw new AppError('CONFLICT', 'There is a template of this name already.', { field: 'name' });
  }
}

/** @throws AppError NOT_FOUND, also for a colleague's own. */
export async function deleteTemplate(ctx: TenantContext, templateId: string): Promise<ExaminationTemplate> {
  return auditedWrite(ctx, async (session) => {
    const row = await templateModel(ctx)
      .findOneAndDelete(visibleTo(ctx, templateId, 'template'), { session })
      .lean();
    if (!row) throw notFoundError('template');
    return toTemplate(row);
  });
}

/** Adds the templates to begin with that are not there yet, for everybody. @returns how many were added. */
export async function addStarterTemplates(ctx: TenantContext): Promise<number> {
  return auditedWrite(ctx, async (session) => {
    let added = 0;
    for (const starter of STARTER_TEMPLATES) {
      const result = await templateModel(ctx).updateOne(
        { ownerId: '', nameKey: nameKey(starter.name) },
        { $setOnInsert: { ...starter, normals: '{}', savedByName: ctx.actor.name } },
        { upsert: true, session },
      );
      added += result.upsertedCount;
    }
    return added;
  });
}
