import 'server-only';
import { createHash } from 'node:crypto';
import { requireEntitlement } from '@/features/subscription/entitlements/service';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { AppError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import {
  assertOutside,
  type ExternalAddress,
  parseExternal,
  refusal,
} from '@/lib/provisioning/external/address';
import { externalProvider, inspectExternal } from '@/lib/provisioning/providers/external';
import type { TenantContext } from '@/lib/tenancy/context';
import { forgetTenant } from '@/lib/tenancy/factory';
import { type Placement, readConnectionString, sealConnectionString } from '@/lib/tenancy/placement';
import { placementNow, placeNow } from '../../placement/queries';
import { auditOperation, type By, byOwner, type How } from './begin';
import { beginTransfer } from './transfer';

/** The same servers make the same id: clients are shared by it, and only by what is one organization's. */
const cellOf = (organizationId: string, { address }: ExternalAddress): string =>
  `external-${createHash('sha256').update(`${organizationId} ${address}`).digest('hex').slice(0, 16)}`;

const isSame = (a: ExternalAddress, b: ExternalAddress): boolean =>
  a.databaseName === b.databaseName && a.hosts.toSorted().join() === b.hosts.toSorted().join();

/**
 * Takes the organization to a database on a server of its own, after a look at it; the one that it leaves is
 * kept for some days. The same database with another credential is a change of the credential alone.
 * @returns the move's id, or null where only the credential changed.
 * @throws AppError INVALID_INPUT with what to do next.
 */
export async function connectOwnDatabase(
  by: By,
  organizationId: string,
  connectionSecret: string,
  how: How = {},
): Promise<string | null> {
  const given = parseExternal(connectionSecret);
  if (given.databaseName.startsWith('org_'))
    throw refusal('Names that begin with org_ are ours. Give the database another name.');
  const from = await placeNow(organizationId);
  await assertOutside(given);
  const { address, databaseName, username, password } = given;
  const isolation = 'dedicated-user' as const;
  const target = { organizationId, databaseName, username, password, address, isolation };
  const found = await inspectExternal(target);
  const to: Placement = {
    organizationId,
    provider: 'external',
    cellId: cellOf(organizationId, given),
    databaseName,
    isolation,
    username,
    schemaVersion: from.schemaVersion,
    sealedConnectionString: sealConnectionString(organizationId, externalProvider.connectionString(target)),
  };
  const now = await placementNow(organizationId);
  if (now.provider === 'external' && isSame(parseExternal(readConnectionString(now)), given)) {
    if (found !== 'ours') throw refusal('Your data is not in this database any more. Ask our support.');
    await changeCredential(by, now, to);
    await auditOperation(by, 'organization.database-credential', organizationId);
    return null;
  }
  if (databaseName === from.databaseName)
    throw refusal('Your data is in a database of this name already. Give the new one another name.');
  return beginTransfer(by, 'move', { from, to }, how);
}

/**
 * The same database, signed in to with what the owner gave us now.
 * @throws AppError CONFLICT during another operation.
 */
async function changeCredential(by: By, now: Placement, to: Placement): Promise<void> {
  const before = {
    _id: objectId(to.organizationId),
    hold: null,
    'placement.connectionString': now.sealedConnectionString,
  };
  const set = {
    'placement.connectionString': to.sealedConnectionString,
    'placement.username': to.username,
    'placement.cellId': to.cellId,
  };
  await auditedMasterWrite(by.ctx, async (session) => {
    const written = await organizationModel.updateOne(before, { $set: set }, { session });
    if (written.matchedCount === 0)
      throw new AppError('CONFLICT', 'Another operation on this organization is under way. Try again later.');
  });
  forgetTenant(to.organizationId);
}

/** Takes the organization to the owner's server. @throws AppError PAYMENT_REQUIRED; as connectOwnDatabase. */
export async function moveToOwnDatabase(ctx: TenantContext, connectionSecret: string): Promise<void> {
  requireEntitlement(ctx, 'own-database');
  await connectOwnDatabase(byOwner(ctx), ctx.organizationId, connectionSecret);
}
