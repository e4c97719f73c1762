import 'server-only';
import type { TenantContext } from '../tenancy/context';
import { auditEventModel } from './ledger';
import { actorOf, recordAudit } from './record';

/**
 * A page that is shown again within this time (a refresh after a change, a double click) is the same opening.
 */
const SAME_OPENING_MS = 30_000;
/** More than somebody does to one record within that time. */
const LATEST = 20;

/** Writes that somebody looked at a record, once for an opening. `target` is `patient:<id>`, never a name. */
export async function recordOpening(
  ctx: TenantContext,
  action: `${string}.open`,
  target: string,
  now = new Date(),
): Promise<void> {
  const latest = await auditEventModel(ctx)
    .find({ target })
    .sort({ seq: -1 })
    .limit(LATEST)
    .select('at action actor.id')
    .lean();
  const since = now.getTime() - SAME_OPENING_MS;
  const { id } = actorOf(ctx);
  const isSame = latest.some(
    (event) => event.action === action && event.actor.id === id && event.at.getTime() >= since,
  );
  if (!isSame) await recordAudit(ctx, { action, target });
}
