import { demo } from '../browser/demo';
import { expect, test } from '../browser/test';

test.describe('bad input', () => {
  test('an operator instead of an e-mail is a 400 at sign-in', async ({ request }) => {
    const { app } = demo();
    const answer = await request.post(`${app}/api/auth/callback/credentials`, {
      data: { email: { $ne: null }, password: { $ne: null }, csrfToken: 'x', json: 'true' },
    });
    expect(answer.status()).toBe(400);
    expect(await answer.text()).not.toContain('at ');
  });

  test('a body of 10 MB is refused with 413', async ({ request }) => {
    const { app } = demo();
    const answer = await request.post(`${app}/signup`, {
      data: 'x'.repeat(10 * 1024 * 1024),
      headers: { 'content-type': 'text/plain' },
    });
    expect(answer.status()).toBe(413);
  });

  test('a webhook with a bad signature is a 400 and leaves nothing behind', async ({ request }) => {
    const { app } = demo();
    for (const headers of [{}, { 'stripe-signature': 't=1,v1=00' }]) {
      const answer = await request.post(`${app}/api/stripe/webhook`, {
        data: '{"id":"evt_forged"}',
        headers,
      });
      expect(answer.status()).toBe(400);
    }
  });

  test('without a session every clinic page leads to sign-in and back', async ({ page }) => {
    await page.goto('/patients?q=rao');
    await expect(page).toHaveURL(/\/login\?next=%2Fpatients%3Fq%3Drao$/);
  });

  test('the platform shows strangers its sign-in and nothing else', async ({ request }) => {
    const { app } = demo();
    for (const path of ['/platform', '/platform/organizations', '/platform/databases', '/platform/events']) {
      const answer = await request.get(`${app}${path}`);
      expect(new URL(answer.url()).pathname, path).toBe('/platform/login');
    }
    expect((await request.get(`${app}/api/platform/organizations/export`)).status()).toBe(404);
  });

  test('an open redirect is not followed', async ({ page }) => {
    for (const next of ['https://example.com', '//example.com', '/\\example.com', 'javascript:alert(1)']) {
      await page.goto(`/login?next=${encodeURIComponent(next)}`);
      await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
      expect(await page.content()).not.toContain('href="https://example.com');
    }
  });

  test('health says which parts run', async ({ request }) => {
    const { app } = demo();
    expect(await (await request.get(`${app}/api/health/live`)).json()).toEqual({ status: 'live' });
    const ready = await (await request.get(`${app}/api/health/ready`)).json();
    expect(ready).toMatchObject({ status: 'ready', stripe: 'emulator' });
    expect(ready.database.engine.length).toBeGreaterThan(2);
  });

  test('every answer names its request and forbids framing and foreign scripts', async ({ request }) => {
    const { app } = demo();
    const { headers } = { headers: (await request.get(`${app}/login`)).headers() };
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe-inline/);
    expect(headers['x-powered-by']).toBeUndefined();
  });
});
