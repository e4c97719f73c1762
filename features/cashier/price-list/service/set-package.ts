import 'server-only';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import { assertUnchanged } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { formOf, type Service, toService } from '../dto';
import { serviceModel } from '../model';
import { NOT_IN_PACKAGES } from '../policy';
import type { SetPackageInput } from '../schema';
import { taxComponentsOn } from '../taxes';

const refuse = (sentence: string) => new AppError('INVALID_INPUT', sentence, { field: 'parts' });

/**
 * Says what the price of a package holds. What was sold keeps the parts that it was sold with.
 * @throws AppError NOT_FOUND, CONFLICT when somebody else has changed it, INVALID_INPUT for a part that is a
 * package itself or is taxed by itself.
 */
export async function setPackage(ctx: TenantContext, input: SetPackageInput): Promise<Service> {
  const _id = objectId(input.serviceId, 'service');
  const ids = input.parts.map(({ serviceId }) => objectId(serviceId, 'service'));
  const { country } = ctx.organization;
  const isTaxedOn = (taxClass: string) =>
    taxComponentsOn({ country, isRegistered: true }, taxClass, today(ctx.timeZone)).length > 0;
  return auditedWrite(ctx, async (session) => {
    const before = await serviceModel(ctx).findById(_id).session(session).lean();
    if (!before) throw notFoundError('service');
    assertUnchanged(formOf(before), input.version);
    // Touched: of two that make each other a package and a part of one, the second looks again.
    const which = { _id: op({ $in: [_id, ...ids] }) };
    await serviceModel(ctx).updateMany(which, { $set: { updatedAt: new Date() } }, { session });
    const parts = await serviceModel(ctx)
      .find({ _id: op({ $in: ids }) })
      .session(session)
      .lean();
    if (parts.length < ids.length) throw notFoundError('service');
    for (const { name, group, taxClass, includes, _id: partId } of parts) {
      if (partId.equals(_id)) throw refuse('A package is no part of itself.');
      if (includes?.length) throw refuse(`${name} is a package itself. Choose what it holds.`);
      // An implant is a part of the treatment, whatever it would be taxed alone.
      const isTaxed = group !== 'implant' && taxClass !== before.taxClass && isTaxedOn(taxClass);
      if (NOT_IN_PACKAGES.includes(group) || isTaxed)
        throw refuse(`${name} is taxed by itself. Bill it beside the package.`);
    }
    const isPart = await serviceModel(ctx)
      .findOne({ 'includes.serviceId': _id })
      .session(session)
      .select('name')
      .lean();
    if (isPart && ids.length > 0) throw refuse(`It is a part of ${isPart.name}, and so no package itself.`);
    const includes = input.parts.map(({ serviceId, quantity }) => ({
      ...{ serviceId: objectId(serviceId, 'service'), quantity },
    }));
    const change =
      includes.length > 0
        ? { $set: { includes, includeDays: input.days } }
        : { $unset: { includes: '', includeDays: '' } };
    const row = await serviceModel(ctx)
      .findOneAndUpdate({ _id }, change, { session, returnDocument: 'after' })
      .orFail()
      .lean();
    const names = new Map(parts.map((one) => [one._id.toString(), one.code]));
    const said = (of: typeof before) =>
      (of.includes ?? [])
        .map((one) => `${one.quantity} × ${names.get(one.serviceId.toString()) ?? one.serviceId}`)
        .join(', ');
    noteChange<Record<string, unknown>>(
      ctx,
      { includes: said(before), includeDays: before.includeDays ?? null },
      { includes: said(row), includeDays: row.includeDays ?? null },
      ['includes', 'includeDays'],
    );
    return toService(row);
  });
}
