import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation';
import type { ActionResult, FormAction } from '@/lib/action-result';
import { echo, readFields } from '@/lib/forms';

/** Whether an action has done its work is not known: the same press may be sent again, with the same key. */
const UNSURE: ReadonlySet<string> = new Set(['OFFLINE', 'UNAVAILABLE', 'UNAUTHENTICATED', 'BROKEN']);
/** What passes by itself: it is tried again without anybody's doing. */
const PASSING: ReadonlySet<string> = new Set(['OFFLINE', 'UNAVAILABLE']);

const codeOf = (result: ActionResult): string => (result.status === 'error' ? result.code : '');
export const isUnsure = (result: ActionResult): boolean => UNSURE.has(codeOf(result));
export const isPassing = (result: ActionResult): boolean => PASSING.has(codeOf(result));
export const isSignedOut = (result: ActionResult): boolean => codeOf(result) === 'UNAUTHENTICATED';

/**
 * Calls a server action and always answers: a lost network, a proxy's error or a page of an earlier build
 * must never replace what somebody has typed by an error page.
 */
export async function send<T>(
  action: FormAction<T>,
  previous: ActionResult<T>,
  form: FormData,
): Promise<ActionResult<T>> {
  try {
    return (await action(previous, form)) ?? failure('OFFLINE', form);
  } catch (error) {
    unstable_rethrow(error);
    if (unstable_isUnrecognizedActionError(error)) return failure('STALE', form);
    const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined;
    return digest ? failure('BROKEN', form, digest) : failure('OFFLINE', form);
  }
}

const SENTENCES = {
  OFFLINE: 'Not saved: no connection. It is tried again by itself.',
  STALE: 'Not saved: Chakravue was updated while this page was open. Load the page again to go on.',
  BROKEN: 'Something went wrong on our side. What you typed is still here; press again.',
} as const;

function failure(code: keyof typeof SENTENCES, form: FormData, requestId?: string): ActionResult<never> {
  const values = echo(readFields(form) ?? {});
  return { status: 'error', code, message: SENTENCES[code], values, ...(requestId ? { requestId } : {}) };
}
