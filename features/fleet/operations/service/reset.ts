import 'server-only';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { SCHEMA_VERSION } from '@/lib/tenancy/schema-version';
import { done } from '@/lib/work/outcome';
import { besideOf } from '../../placement/policy';
import { placementNow, placeNow, withDatabaseAt } from '../../placement/queries';
import { reservePlacement } from '../../placement/service/reserve';
import type { By, How } from './begin';
import { bringLog, sameOrFailed } from './copy';
import { copyTemplate } from './copy-template';
import { beginTransfer, transfer } from './transfer';

/**
 * Fills a demo or a sandbox from its template, which stays as it is; what was in it before is kept for some
 * days.
 * @throws AppError CONFLICT for an organization of any other purpose, or a template that waits for a
 * migration.
 */
export async function resetToTemplate(by: By, organizationId: string, how: How = {}): Promise<string> {
  const organization = await organizationModel
    .findById(objectId(organizationId, 'organization'))
    .select('purpose templateId')
    .lean();
  const isCopy = organization?.purpose === 'demo' || organization?.purpose === 'sandbox';
  if (!organization?.templateId || !isCopy)
    throw new AppError('CONFLICT', 'Only a demo or a sandbox is reset.');
  const template = await organizationModel
    .findOne({ _id: organization.templateId, purpose: 'template' })
    .select('placement.schemaVersion')
    .lean();
  if (template?.placement?.schemaVersion !== SCHEMA_VERSION)
    throw new AppError('CONFLICT', 'Its template is not ready. Try again when it has been migrated.');
  const from = await placeNow(organizationId);
  const to = await reservePlacement(organizationId, besideOf(from), SCHEMA_VERSION);
  return beginTransfer(by, 'reset', { from, to, templateId: template._id.toString() }, how);
}

const resetFacts = z.object({
  templateId: z.string(),
  /** Documents by collection, as they were copied from the template. */
  copied: z.record(z.string(), z.number()).default({}),
});

export const reset = transfer({
  fill: async (run, destination) => {
    const { templateId } = resetFacts.parse(run.facts);
    const template = await placementNow(templateId);
    const pair = { from: templateId, to: run.organizationId };
    const copied = await withDatabaseAt(destination, (to) =>
      withDatabaseAt(template, (from) => copyTemplate(from, to, pair, run.report)),
    );
    await run.save({ copied });
    return done;
  },
  verify: async (run, destination) => {
    const { copied } = resetFacts.parse(run.facts);
    const different = await withDatabaseAt(destination, async (to) => {
      const names: string[] = [];
      for (const [name, count] of Object.entries(copied))
        if ((await to.collection(name).countDocuments({})) !== count) names.push(name);
      return names;
    });
    const verdict = sameOrFailed(different);
    if (verdict.outcome === 'done') await bringLog(run, destination);
    return verdict;
  },
});
