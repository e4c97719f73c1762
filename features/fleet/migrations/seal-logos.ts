import 'server-only';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { resealPasses } from './reseal';
import { type WalkProgress, walk } from './walk';

/** Version 36: the logo of the letterhead becomes ciphertext; until then it reads as it is. */
export const sealLogos = (db: TenantDatabase, progress: WalkProgress): Promise<void> =>
  walk(
    db,
    resealPasses(db.organizationId).filter(({ definition }) => definition.collection === 'letterheads'),
    progress,
  );
