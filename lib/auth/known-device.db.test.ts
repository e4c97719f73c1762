import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { clearPoints, countPoint } from '@/lib/rate-limit/limiter';
import { LIMITS } from '@/lib/rate-limit/registry';
import { closeConnections, TEST_PASSWORD, testOrganization } from '@/tests/builders/organization';
import { signValue } from '../crypto/cipher';
import { anyKnownDevice, knownDevice, rememberKnownDevice } from './known-device';
import { signIn, takeAddressPoint } from './sign-in';

const jar = vi.hoisted(() => {
  // The limits as they are in production: other tests widen them.
  process.env.RATE_LIMIT_SCALE = '1';
  return new Map<string, string>();
});
vi.mock('next/headers', () => ({
  headers: async () => new Headers(),
  cookies: async () => ({
    get: (name: string) => (jar.has(name) ? { value: jar.get(name) } : undefined),
    set: (name: string, value: string) => jar.set(name, value),
  }),
}));

let organization: Awaited<ReturnType<typeof testOrganization>>;
let email: string;
let userId: string;
const HOSPITAL = '203.0.113.77';
const cookie = () => [...jar.values()][0] ?? '';
const enter = (password: string, knownDevices?: string, ip = HOSPITAL) =>
  signIn({ email, password }, { ip, userAgent: '', ...(knownDevices ? { knownDevices } : {}) }).then(
    () => 'in',
    ({ problem }: { problem: string }) => problem,
  );

beforeAll(async () => {
  organization = await testOrganization();
  email = organization.owner.email;
  userId = organization.owner.id;
});
beforeEach(async () => {
  jar.clear();
  await clearPoints('sign-in.account', email);
  await clearPoints('sign-in.address', HOSPITAL);
});
afterAll(async () => {
  await organization.dispose();
  await closeConnections();
});

describe('a browser in which somebody has signed in before', () => {
  it('lets its person in while strangers use up the tries of the account', async () => {
    await rememberKnownDevice(userId);
    for (let round = 0; round < 12; round++) await enter('a wrong password', undefined, '198.51.100.1');
    expect(await enter(TEST_PASSWORD)).toBe('LOCKED');
    expect(await enter(TEST_PASSWORD, cookie())).toBe('in');
    // The stranger has won no try by it.
    expect(await enter(TEST_PASSWORD)).toBe('LOCKED');
  });

  it('lets its person in while one machine uses up the tries of the hospital’s address', async () => {
    await rememberKnownDevice(userId);
    for (let round = 0; round <= LIMITS['sign-in.address'].points; round++)
      await countPoint('sign-in.address', HOSPITAL);
    expect(await enter(TEST_PASSWORD)).toBe('TOO_MANY');
    expect(await enter(TEST_PASSWORD, cookie())).toBe('in');
    const request = { ip: HOSPITAL, userAgent: '' };
    expect(await takeAddressPoint(request)).toBe(false);
    expect(await takeAddressPoint({ ...request, knownDevices: cookie() })).toBe(true);
  });

  it('has as few tries as an account, and a new one after the link of the unlock mail', async () => {
    await rememberKnownDevice(userId);
    const old = cookie();
    const problems: string[] = [];
    for (let round = 0; round < 11; round++) problems.push(await enter('a wrong password', old));
    expect(problems).toEqual([...Array(10).fill('WRONG_CREDENTIALS'), 'LOCKED']);
    await rememberKnownDevice(userId);
    expect(cookie()).not.toBe(old);
    expect(await enter(TEST_PASSWORD, old)).toBe('LOCKED');
    expect(await enter(TEST_PASSWORD, cookie())).toBe('in');
  });

  it('is known for its people alone, and for nobody by a cookie that we did not sign', async () => {
    await rememberKnownDevice('64b000000000000000000001');
    expect(knownDevice(cookie(), userId)).toBeNull();
    for (let round = 0; round < 10; round++) await enter('a wrong password');
    expect(await enter(TEST_PASSWORD, cookie())).toBe('LOCKED');
    jar.clear();
    await rememberKnownDevice(userId);
    expect(knownDevice(cookie(), userId)).toMatch(/^[\w-]{43}$/);
    const later = new Date(Date.now() + 86_400_000);
    for (const forged of [
      `${cookie().slice(0, -3)}abc`,
      signValue('signup', `${userId}:mine`, later),
      signValue('known-device', `${userId}:mine`, new Date(0)),
      `${userId}:mine`,
    ])
      expect([forged, anyKnownDevice(forged)]).toEqual([forged, null]);
  });

  it('remembers the last people of a computer that many use', async () => {
    for (let one = 0; one < 12; one++) await rememberKnownDevice(one.toString(16).padStart(24, '0'));
    expect(cookie().length).toBeLessThan(2_500);
    expect(knownDevice(cookie(), 'b'.padStart(24, '0'))).not.toBeNull();
    expect(knownDevice(cookie(), '3'.padStart(24, '0'))).toBeNull();
  });
});
