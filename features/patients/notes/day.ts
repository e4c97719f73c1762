import 'server-only';
import type { ClientSession } from 'mongoose';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { type Day, today } from '@/lib/time';
import { dayChangeModel } from './model';

/**
 * Notes, in the transaction of the change itself, that a record of an ended day was changed, so that its
 * roll-up is made again. What still happens today needs no note: a day is rolled up only after it has ended.
 */
export async function noteDay(
  scope: { db: TenantDatabase; timeZone: string },
  day: Day,
  session: ClientSession,
): Promise<void> {
  if (day < today(scope.timeZone)) await dayChangeModel(scope).create([{ day }], { session });
}
