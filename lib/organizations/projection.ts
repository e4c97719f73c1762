import 'server-only';
import type { ClientSession } from 'mongoose';
import { enqueue } from '../work/queue';

/**
 * Asks for the staff directory of an organization to follow what the master database says about a person.
 * Part of the transaction that changes it: the directory follows even when this process dies right after.
 */
export const enqueueProjection = (
  organizationId: string,
  userId: string,
  session: ClientSession,
): Promise<void> => enqueue('staff.project', `${organizationId}:${userId}`, {}, { session });
