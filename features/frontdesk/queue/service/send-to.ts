import 'server-only';
import { AppError } from '@/lib/errors';
import type { TenantContext } from '@/lib/tenancy/context';
import { canSend, STATION_LABEL } from '../policy';
import type { SendInput } from '../schema';
import { type Moved, moveOn } from './move-on';

/**
 * Sends the patient to a station of one's choice, or out. Dilation takes the time when the pupils will be
 * wide.
 * @throws AppError CONFLICT when the patient is there already or has moved on, NOT_FOUND
 */
export async function sendTo(ctx: TenantContext, input: SendInput, now = new Date()): Promise<Moved> {
  const { entryId, to, note, readyInMinutes } = input;
  return moveOn(ctx, { entryId, move: 'send', now }, ({ station }) => {
    if (to === 'finish') return { to: null };
    if (!canSend(station, to))
      throw new AppError('CONFLICT', `The patient is already at ${STATION_LABEL[to]}.`);
    if (to !== 'dilation') return { to };
    return { to, readyAt: new Date(now.getTime() + readyInMinutes * 60_000), ...(note ? { note } : {}) };
  });
}
