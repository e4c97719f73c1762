import 'server-only';
import type { TenantContext } from '@/lib/tenancy/context';
import { nextStation } from '../policy';
import { type Moved, moveOn } from './move-on';

/**
 * The step is done: on to the next station of the usual way, or the visit ends.
 * @throws AppError CONFLICT, NOT_FOUND
 */
export const completeStep = (ctx: TenantContext, entryId: string, now = new Date()): Promise<Moved> =>
  moveOn(ctx, { entryId, move: 'complete', now }, ({ station }) => ({ to: nextStation(station) }));
