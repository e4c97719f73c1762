import 'server-only';
import { requireEntitlement } from '@/features/subscription/entitlements/service';
import { AppError } from '@/lib/errors';
import type { TenantContext } from '@/lib/tenancy/context';
import { closeAccount, connectOwnDatabase, exportOrganization, keepAccount } from './service';
import type { By } from './start';

const byOwner = ({ actor }: TenantContext): By =>
  actor.kind === 'staff'
    ? { kind: 'staff', id: actor.userId, name: actor.name }
    : { kind: 'system', id: 'system', name: actor.name };

/** The owner's export of everything. @returns the operation's id. */
export const exportOwn = (ctx: TenantContext): Promise<string> =>
  exportOrganization(byOwner(ctx), ctx.organizationId);

/** Takes the organization to the owner's server. @throws AppError PAYMENT_REQUIRED; as connectOwnDatabase. */
export async function moveToOwnDatabase(ctx: TenantContext, connectionSecret: string): Promise<void> {
  requireEntitlement(ctx, 'own-database');
  await connectOwnDatabase(byOwner(ctx), ctx.organizationId, connectionSecret);
}

/** @throws AppError INVALID_INPUT unless the name of the organization was typed; CONFLICT as closeAccount. */
export async function closeOwnAccount(ctx: TenantContext, confirmation: string): Promise<string> {
  if (confirmation !== ctx.organization.name)
    throw new AppError('INVALID_INPUT', `Type "${ctx.organization.name}" exactly as it is written.`, {
      field: 'confirmation',
    });
  return closeAccount(byOwner(ctx), ctx.organizationId);
}

export const keepOwnAccount = (ctx: TenantContext): Promise<void> =>
  keepAccount(byOwner(ctx), ctx.organizationId);
