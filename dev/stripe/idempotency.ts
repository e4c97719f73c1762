import { ApiError } from './errors';
import type { Answer } from './pages/answer';
import type { Store } from './store';

type Keyed = { key: string; endpoint: string; input: unknown };

const idempotencyError = (message: string): ApiError =>
  new ApiError(400, { type: 'idempotency_error', message });

/** The answer that this key got before. @throws ApiError when the key was used for something else. */
export function replay(store: Store, { key, endpoint, input }: Keyed): Answer | null {
  if (key.length > 255) {
    throw idempotencyError('Idempotency keys are limited to 255 characters.');
  }
  const known = store.get('answers', key);
  if (!known) return null;
  if (known.endpoint !== endpoint) {
    throw idempotencyError(
      `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${known.endpoint}' vs. '${endpoint}'). Try using a key other than '${key}' if you meant to execute a different request.`,
    );
  }
  if (known.params !== JSON.stringify(input)) {
    throw idempotencyError(
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    );
  }
  return {
    status: known.status,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': key,
      'idempotent-replayed': 'true',
      'original-request': known.requestId,
    },
    body: known.body,
  };
}

/** Keys of requests that are being worked on: another one with the same key is told to come again. */
export class KeysInUse {
  #keys = new Set<string>();

  /**
   * @returns what gives the key back.
   * @throws ApiError 409 while the first request with this key is not answered.
   */
  take(key: string | null): () => void {
    if (key === null) return () => {};
    if (this.#keys.has(key)) {
      throw new ApiError(409, {
        type: 'idempotency_error',
        code: 'idempotency_key_in_use',
        message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
      });
    }
    this.#keys.add(key);
    return () => void this.#keys.delete(key);
  }
}

/** Keeps an answer for its key, in the same change as what it answers for. */
export function remember(
  store: Store,
  { key, endpoint, input }: Keyed,
  answer: Answer,
  requestId: string,
): Answer {
  store.put('answers', key, {
    key,
    endpoint,
    params: JSON.stringify(input),
    status: answer.status,
    body: String(answer.body),
    requestId,
    createdAt: Date.now(),
  });
  return { ...answer, headers: { ...answer.headers, 'idempotency-key': key, 'original-request': requestId } };
}
