import 'server-only';
import { env } from '@/lib/env';
import type { WorkingHours } from './policy';

/** The company's, as configured. */
export function workingHours(): WorkingHours {
  const { SUPPORT_HOURS, SUPPORT_TIME_ZONE } = env();
  return { timeZone: SUPPORT_TIME_ZONE, ...SUPPORT_HOURS };
}
