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

/**
 * A session of the company's person, whom a password alone does not let in: signed in by a browser, as its
 * tests do.
 * @param {string} root @param {string} demoFile what the stack wrote down of itself
 * @returns {Promise<string>} a header
 */
export async function companyCookieOf(root, demoFile) {
  const { launchChromium } = await import('./chromium.mjs');
  const { importModule } = await import('./app.mjs');
  process.env.DEMO_FILE = demoFile;
  const { account, demo, signInAs } = /** @type {typeof import('../../tests/browser/demo.ts')} */ (
    await importModule('tests/browser/demo.ts')
  );
  const browser = await launchChromium(root);
  try {
    const page = await browser.newPage();
    await signInAs(page, account('super-admin'));
    const cookies = await page.context().cookies(demo().app);
    return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  } finally {
    await browser.close();
  }
}
