/**
 * A session as the sign-in page gets it.
 * @param {string} app its address @param {import('./stack.mjs').Account} account
 * @returns {Promise<string>} a header
 */
export async function cookieOf(app, { email, password }) {
  const csrf = await fetch(`${app}/api/auth/csrf`);
  const { csrfToken } = await csrf.json();
  const jar = csrf.headers.getSetCookie().map((one) => one.split(';')[0]);
  const answer = await fetch(`${app}/api/auth/callback/credentials`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: jar.join('; '), 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email, password, csrfToken, json: 'true' }),
  });
  const session = answer.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
  if (!session.some((one) => one.includes('session-token'))) throw new Error('Signing in was refused.');
  return [...jar, ...session].join('; ');
}
