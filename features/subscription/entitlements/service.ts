import 'server-only';
import { AppError } from '@/lib/errors';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Entitlement, hasEntitlement, missingSentence } from './policy';

/**
 * The one gate for what a plan includes; pages that have something to show instead ask `hasEntitlement`.
 * @throws AppError PAYMENT_REQUIRED.
 */
export function requireEntitlement(ctx: Pick<TenantContext, 'organization'>, entitlement: Entitlement): void {
  if (!hasEntitlement(ctx, entitlement)) throw new AppError('PAYMENT_REQUIRED', missingSentence(entitlement));
}
