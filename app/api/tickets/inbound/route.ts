import { receiveMail } from '@/features/support/tickets/inbound';
import { markGated } from '@/lib/actions/gated';
import { isSameSecret } from '@/lib/crypto/cipher';
import { env } from '@/lib/env';
import { isAppError } from '@/lib/errors';
import { logger } from '@/lib/logger';

/** What mail servers take as a rule; the middleware lets as much pass. */
const MAX_BYTES = 25 * 1024 * 1024;

/** Mail as the mail server got it: 401 without the secret, 202 for a mail that is none of ours, 500 so that it is sent again. */
async function receive(request: Request): Promise<Response> {
  const { SUPPORT_INBOUND_SECRET } = env();
  const given = request.headers.get('authorization') ?? '';
  if (!SUPPORT_INBOUND_SECRET || !isSameSecret(given, `Bearer ${SUPPORT_INBOUND_SECRET}`))
    return answer(401, 'not allowed');
  const raw = await readUpTo(request, MAX_BYTES);
  if (!raw) return answer(413, 'too large');
  try {
    const outcome = await receiveMail(raw);
    return answer(outcome === 'stored' || outcome === 'known' ? 200 : 202, outcome);
  } catch (error) {
    if (isAppError(error) && error.code !== 'UNAVAILABLE') return answer(202, 'refused');
    logger.error({ err: error }, 'a reply by mail could not be stored');
    return answer(500, 'not stored');
  }
}

/** The body, or null as soon as it is longer, whatever its length was said to be. */
async function readUpTo(request: Request, bytes: number): Promise<Buffer | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body ?? []) {
    length += part.length;
    if (length > bytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const answer = (status: number, outcome: string): Response => Response.json({ outcome }, { status });

/** The secret is the gate. */
export const POST = markGated(receive, 'public');
