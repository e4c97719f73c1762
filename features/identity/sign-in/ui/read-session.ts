import { paths } from '@/lib/paths';

export type SessionState = { place?: string; person?: string | null };

/** Whose session this browser has; without one, how its last person may come back. */
export async function readSession(): Promise<SessionState> {
  const answer = await fetch(paths.session, { cache: 'no-store' });
  if (answer.status !== 200 && answer.status !== 401)
    throw new Error(`The session answered ${answer.status}`);
  return answer.json();
}
