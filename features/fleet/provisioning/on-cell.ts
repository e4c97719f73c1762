import 'server-only';
import { openPlatformSecret, randomToken } from '@/lib/crypto/cipher';
import type { ProviderName } from '@/lib/master/vocabulary';
import { cellContext } from '@/lib/provisioning/cells';
import type { TenantTarget } from '@/lib/provisioning/provider';
import { providerOf } from '@/lib/provisioning/registry';
import { databaseNameOf } from '@/lib/tenancy/placement';

type Cell = { _id: string; isolation: TenantTarget['isolation']; password?: string | null };
export type Placing = {
  provider: ProviderName;
  cellId: string;
  target: TenantTarget;
  connectionString: string;
};

/** What an organization on this cell signs in with: its own user, or the cell's. */
export async function onCell(cell: Cell, organizationId: string): Promise<Placing> {
  const databaseName = databaseNameOf(organizationId);
  const common = { organizationId, databaseName, cellId: cell._id };
  let target: TenantTarget = {
    ...common,
    username: databaseName,
    password: randomToken(),
    isolation: 'dedicated-user',
  };
  if (cell.isolation === 'shared-user') {
    if (!cell.password) throw new Error(`Cell ${cell._id} has no password`);
    const password = openPlatformSecret(cellContext(cell._id), cell.password);
    target = { ...common, username: `cell_${cell._id}`, password, isolation: 'shared-user' };
  }
  const provider = await providerOf('self-hosted');
  return {
    provider: 'self-hosted',
    cellId: cell._id,
    target,
    connectionString: provider.connectionString(target),
  };
}
