import { randomUUID } from 'node:crypto';
import { afterEach, expect, vi } from 'vitest';

// What the app needs to parse its environment; a test run with a database overrides MONGODB_URI.
process.env.NEXTAUTH_URL ??= 'http://127.0.0.1:3000';
process.env.NEXTAUTH_SECRET ??= 'test-secret-test-secret-test-secret-test';
process.env.KEY_ENCRYPTION_KEY ??= Buffer.alloc(32, 7).toString('base64');
process.env.MONGODB_URI ??= 'mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200';
process.env.STRIPE_EMULATOR_URL ??= 'http://127.0.0.1:1';
process.env.STRIPE_WEBHOOK_SECRET ??= 'whsec_test';
process.env.SMTP_URL ??= 'smtp://127.0.0.1:1';
// One test file asks more in a second than a hospital does in an hour; limits have tests of their own.
process.env.RATE_LIMIT_SCALE ??= '1000';
process.env.LOG_LEVEL ??= 'silent';
// A master database per test file: files run side by side on one server.
process.env.MASTER_DATABASE = `test_${randomUUID().slice(0, 8)}`;

// An unexpected console.error fails the test.
const seen = vi.spyOn(console, 'error').mockImplementation(() => undefined);
afterEach(() => {
  const calls = seen.mock.calls.map((call) => call.map(String).join(' '));
  seen.mockClear();
  expect(calls).toEqual([]);
});
