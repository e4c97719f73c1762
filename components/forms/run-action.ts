import type { FormAction } from '@/lib/action-result';
import { toast } from '../ui/toast';

/**
 * Calls a server action without a form around it, for a menu or a confirmation. What the action says of its
 * success appears in the corner.
 * @returns the sentence when it was refused.
 */
export async function runAction<T>(
  action: FormAction<T>,
  fields: Record<string, string>,
): Promise<string | undefined> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const result = await action({ status: 'idle' }, form);
  if (result.status === 'ok') {
    if (result.message) toast.success(result.message);
    return undefined;
  }
  if (result.status === 'idle') return undefined;
  const reference = result.status === 'error' && result.requestId ? ` Reference: ${result.requestId}` : '';
  return `${result.message ?? 'That did not work. Please try again.'}${reference}`;
}
