import type { FormAction } from '@/lib/action-result';
import { NOT_DONE } from './not-done';

const loadPress = () => import('./press');

/**
 * Fetches what sends a press, and what says that there is no connection; a frame does it once the page has
 * settled.
 */
export function warmPress(): void {
  // Who presses without them is told, or the toast waits.
  Promise.all([loadPress(), import('../ui/toast-host')]).catch(() => undefined);
}

/**
 * Calls a server action without a form around it, for a menu or a confirmation. What the action says of its
 * success appears in the corner.
 * @returns the sentence when it was refused.
 */
export async function runAction<T>(
  action: FormAction<T>,
  fields: Record<string, string>,
): Promise<string | undefined> {
  const file = await loadPress().catch(() => null);
  return file ? file.press(action, fields) : NOT_DONE;
}
