import { receiveEvent } from '@/features/subscription/billing/events';
import { markGated } from '@/lib/actions/gated';
import { logger } from '@/lib/logger';
import { readUpTo } from '@/lib/read-body';
import { readStripeEvent } from '@/lib/stripe/client';

const MAX_BYTES = 1024 * 1024;

/**
 * Stripe's deliveries: 400 on a bad signature, 200 on a known or ignored event, 500 when we failed so that
 * Stripe retries.
 */
async function receive(request: Request): Promise<Response> {
  const signature = request.headers.get('stripe-signature');
  if (!signature) return answer(400, 'bad signature');
  const body = await readUpTo(request, MAX_BYTES);
  if (!body) return answer(413, 'too large');
  let event: ReturnType<typeof readStripeEvent>;
  try {
    event = readStripeEvent(body, signature);
  } catch {
    return answer(400, 'bad signature');
  }
  try {
    const isNew = await receiveEvent(event);
    return answer(200, isNew ? 'received' : 'known');
  } catch (error) {
    logger.error({ err: error, eventId: event.id, type: event.type }, 'Stripe event could not be stored');
    return answer(500, 'not stored');
  }
}

const answer = (status: number, outcome: string): Response => Response.json({ outcome }, { status });

/** The signature is the gate. */
export const POST = markGated(receive, 'public');
