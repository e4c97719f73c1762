import type { ActionResult, FormAction } from '@/lib/action-result';
import { newRequestKey, REQUEST_KEY } from '@/lib/request-key';
import { toast } from '../ui/toast';
import { NOT_DONE } from './not-done';
import { isPassing, isSignedOut, isUnsure, send } from './send';
import { signInAgain } from './signed-out';

/** Milliseconds between tries of a press that got no answer; afterwards its person presses again. */
const WAITS_MS = [1_000, 3_000, 6_000];

/** Keys of presses that have had no answer: the next press of the same kind is the same press. */
const unanswered = new Map<object, Map<string, string>>();

/**
 * The work of `runAction`. Without an answer the action is tried again for some seconds, and never done
 * twice.
 */
export async function press<T>(
  action: FormAction<T>,
  fields: Record<string, string>,
): Promise<string | undefined> {
  const name = JSON.stringify(fields);
  const keys = unanswered.get(action) ?? new Map<string, string>();
  unanswered.set(action, keys);
  const key = keys.get(name) ?? newRequestKey();
  keys.set(name, key);
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  form.set(REQUEST_KEY, key);
  const result = await patiently(action, form);
  // Not waited for: who called may hold up the page until this answers.
  if (isSignedOut(result))
    void signInAgain().then(async (isBack) => {
      const refusal = isBack ? await press(action, fields) : undefined;
      if (refusal) toast.error(refusal);
    });
  if (!isUnsure(result)) keys.delete(name);
  if (result.status === 'ok') {
    if (result.message) toast.success(result.message);
    return undefined;
  }
  if (result.status === 'idle') return undefined;
  if (isPassing(result)) return NOT_DONE;
  const reference = result.status === 'error' && result.requestId ? ` Reference: ${result.requestId}` : '';
  return `${result.message ?? 'That did not work. Please try again.'}${reference}`;
}

async function patiently<T>(action: FormAction<T>, form: FormData): Promise<ActionResult<T>> {
  let result = await send(action, { status: 'idle' }, form);
  for (const wait of WAITS_MS) {
    if (!isPassing(result)) break;
    await pause(wait);
    result = await send(action, { status: 'idle' }, form);
  }
  return result;
}

/** Until the time is over or the connection is back. */
const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    addEventListener('online', end);
  });
