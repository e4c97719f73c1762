import { receiveEvent } from '@/features/cashier/payment-links/service';
import { markGated } from '@/lib/actions/gated';
import { requestFacts } from '@/lib/auth/request';
import { isAppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { takePoint } from '@/lib/rate-limit/limiter';
import { readUpTo } from '@/lib/read-body';

const MAX_BYTES = 256 * 1024;

/**
 * What a hospital's provider of payments tells us: 404 at an address that is nobody's, 400 on a bad
 * signature, 200 on a known or ignored event, 429 or 500 so that the provider sends it again.
 */
async function receive(
  request: Request,
  context: { params: Promise<{ address: string }> },
): Promise<Response> {
  const { address } = await context.params;
  try {
    const body = await readUpTo(request, MAX_BYTES);
    if (!body) return answer(413, 'too large');
    const outcome = await receiveEvent(address, body, request.headers.get('stripe-signature') ?? '');
    if (outcome === 'received' || outcome === 'known') return answer(200, outcome);
    // Who guesses is counted; who signs rightly never is.
    await takePoint('public.address', (await requestFacts()).ip);
    return outcome === 'no-address' ? answer(404, 'nothing here') : answer(400, 'bad signature');
  } catch (error) {
    if (isAppError(error) && error.code === 'TOO_MANY_REQUESTS') return answer(429, 'later');
    logger.error({ err: error }, 'an event of a payment could not be stored');
    return answer(500, 'not stored');
  }
}

const answer = (status: number, outcome: string): Response => Response.json({ outcome }, { status });

/** The signature is the gate. */
export const POST = markGated(receive, 'public');
