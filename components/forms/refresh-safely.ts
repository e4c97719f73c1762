import { paths } from '@/lib/paths';
import { hasOpenForms } from './open-forms';
import { signInAgain } from './signed-out';

/**
 * Reads the page again by itself. Without a connection the router would leave for the browser's own error
 * page, and without a session for the sign-in: a form of this page would be gone.
 */
export async function refreshSafely(router: { refresh: () => void }): Promise<void> {
  const answer = await fetch(paths.session, { cache: 'no-store' }).catch(() => null);
  if (!answer || answer.status >= 500) return;
  if (answer.status === 401 && hasOpenForms() && !(await signInAgain())) return;
  router.refresh();
}
