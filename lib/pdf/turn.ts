import 'server-only';
import pLimit, { type LimitFunction } from 'p-limit';
import { AppError } from '../errors';
import { takePoint } from '../rate-limit/limiter';

/** An organization's reports that wait behind the one that is being made. */
const MAX_WAITING = 3;

const KEY = Symbol.for('chakravue.pdf-turns');
const global = globalThis as { [KEY]?: Map<string, LimitFunction> };

/**
 * Makes one PDF of an organization at a time: each takes the processor from everybody for a moment.
 * @throws AppError TOO_MANY_REQUESTS when several of its own wait already, or after many within a minute.
 */
export async function inPdfTurn<T>(organizationId: string, make: () => Promise<T>): Promise<T> {
  await takePoint('pdf.organization', organizationId);
  const turns = global[KEY] ?? new Map<string, LimitFunction>();
  global[KEY] = turns;
  const turn = turns.get(organizationId) ?? pLimit(1);
  if (turn.pendingCount >= MAX_WAITING)
    throw new AppError(
      'TOO_MANY_REQUESTS',
      'Several reports are being made for your organization. Try again in a few seconds.',
      { retryAfterSeconds: 5 },
    );
  turns.set(organizationId, turn);
  try {
    return await turn(make);
  } finally {
    if (turn.activeCount + turn.pendingCount === 0) turns.delete(organizationId);
  }
}
