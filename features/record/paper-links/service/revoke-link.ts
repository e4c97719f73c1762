import 'server-only';
import { auditedWrite } from '@/lib/audit/audited';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type PaperLink, toPaperLink } from '../dto';
import { paperLinkModel } from '../model';

/** Closes a link before its end. @throws AppError CONFLICT where it was closed already, NOT_FOUND. */
export async function revokePaperLink(
  ctx: TenantContext,
  linkId: string,
  now = new Date(),
): Promise<PaperLink> {
  const _id = objectId(linkId, 'link');
  return auditedWrite(ctx, async (session) => {
    const model = paperLinkModel(ctx);
    const row = await model.findById(_id).session(session).lean();
    if (!row) throw notFoundError('link');
    if (row.revokedAt) throw new AppError('CONFLICT', `${row.revokedByName} has closed it already.`);
    await model.updateOne({ _id }, { $set: { revokedAt: now, revokedByName: ctx.actor.name } }, { session });
    return toPaperLink(await model.findById(_id).session(session).orFail().lean());
  });
}
