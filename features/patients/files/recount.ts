import 'server-only';
import { recordPlatformAudit } from '@/lib/audit/record';
import { logger } from '@/lib/logger';
import { forEachTenant } from '@/lib/organizations/each';
import { recountStorage, removeOrphans } from './storage';

/** The nightly run over all organizations. */
export const recountAllStorage = (): Promise<void> =>
  forEachTenant('stored bytes could not be counted', async ({ organizationId, db }) => {
    const { countedBytes, driftBytes, settled } = await recountStorage(db);
    const orphans = await removeOrphans(db);
    if (orphans > 0) logger.info({ organizationId, orphans }, 'contents without a file are removed');
    if (driftBytes === 0) return;
    logger.warn({ organizationId, countedBytes, driftBytes, settled }, 'stored bytes were counted wrongly');
    await recordPlatformAudit({
      actor: { kind: 'system', id: 'system', name: 'Storage recount' },
      action: 'storage.correct',
      target: `organization:${organizationId}`,
      organizationId,
    });
  });
