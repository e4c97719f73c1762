import { receiveMail } from '@/features/support/tickets/inbound';
import { markGated } from '@/lib/actions/gated';
import { isSameSecret } from '@/lib/crypto/cipher';
import { env } from '@/lib/env';
import { type AppError, isAppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { readUpTo } from '@/lib/read-body';

/** What mail servers take as a rule; the middleware lets as much pass. */
const MAX_BYTES = 25 * 1024 * 1024;

/**
 * Mail as the mail server got it: 401 without the secret, 202 for a mail that does not belong here or that
 * we will never take, 503 when it should be sent again because we could not store it now.
 */
async function receive(request: Request): Promise<Response> {
  const { SUPPORT_INBOUND_SECRET } = env();
  const given = request.headers.get('authorization') ?? '';
  if (!SUPPORT_INBOUND_SECRET || !isSameSecret(given, `Bearer ${SUPPORT_INBOUND_SECRET}`))
    return answer(401, 'not allowed');
  const raw = await readUpTo(request, MAX_BYTES);
  if (!raw) return answer(413, 'too large');
  try {
    const outcome = await receiveMail(raw);
    return answer(outcome === 'stored' || outcome === 'known' || outcome === 'bounce' ? 200 : 202, outcome);
  } catch (error) {
    if (isAppError(error) && !isForLater(error)) return answer(202, 'refused');
    logger.error({ err: error }, 'a reply by mail could not be stored');
    return answer(503, 'not stored', { 'retry-after': '60' });
  }
}

const isForLater = ({ code }: AppError): boolean => code === 'UNAVAILABLE' || code === 'TOO_MANY_REQUESTS';

const answer = (status: number, outcome: string, headers: Record<string, string> = {}): Response =>
  Response.json({ outcome }, { status, headers });

/** The secret is the gate. */
export const POST = markGated(receive, 'public');
