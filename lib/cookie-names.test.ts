import { describe, expect, it } from 'vitest';
import { authCookies, cookieName } from './cookie-names';

describe('the names of cookies', () => {
  it('have the prefix __Host- over https, for which they are Secure, for / and without a domain', () => {
    const cookies = Object.values(authCookies('https://app.test'));
    expect(cookies.length).toBe(3);
    for (const { name, options } of cookies) {
      expect(name).toMatch(/^__Host-/);
      expect(options).toEqual({ httpOnly: true, sameSite: 'lax', path: '/', secure: true });
    }
    expect(cookieName('chakravue.signup', 'https://app.test')).toBe('__Host-chakravue.signup');
  });

  it('have none over plain http, where a browser would refuse it', () => {
    for (const { name, options } of Object.values(authCookies('http://127.0.0.1:3000'))) {
      expect(name).not.toMatch(/^__/);
      expect(options.httpOnly).toBe(true);
    }
  });
});
