import 'server-only';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';

/** Owner and administrators see what everybody asked; others see their own. */
export function visibleFilter(ctx: TenantContext) {
  const { actor } = ctx;
  const isLeader = actor.kind === 'staff' && ctx.can('settings:read');
  return {
    organizationId: objectId(ctx.organizationId),
    ...(isLeader ? {} : { openedById: objectId(actor.kind === 'staff' ? actor.userId : '0'.repeat(24)) }),
  };
}
