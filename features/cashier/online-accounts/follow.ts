import 'server-only';
import { logger } from '@/lib/logger';
import { enqueue } from '@/lib/work/queue';

/**
 * Has a link looked at, because its bill has changed or somebody says that it is paid. Never throws: the
 * change is stored, and regular work looks at every open link by itself.
 */
export async function askToFollowLink(organizationId: string, linkId: string): Promise<void> {
  try {
    await enqueue('payment-links.follow', `${organizationId}:${linkId}`, { organizationId, linkId });
  } catch (error) {
    logger.warn({ err: error, organizationId, linkId }, 'a payment link waits for the regular look');
  }
}
