/**
 * The name of a cookie that only the server reads. Over https it gets the prefix `__Host-`: the browser then
 * takes it from this very host alone, Secure and for `/`, so that no neighbouring subdomain can plant one.
 */
export function cookieName(name: string, ownAddress: string | undefined): string {
  return ownAddress?.startsWith('https://') ? `__Host-${name}` : name;
}

export const SESSION_COOKIE = 'next-auth.session-token';
export const SSO_COOKIE = 'chakravue.sso';
export const SIGNUP_COOKIE = 'chakravue.signup';
/** Set only by the form that signs up: unlike the one above, no link can bring it into a browser. */
export const OWN_SIGNUP_COOKIE = 'chakravue.own-signup';
/** Names a computer that several people use in turn. */
export const DEVICE_COOKIE = 'chakravue.device';
/** Names people who have signed in with this browser before (lib/auth/known-device.ts). */
export const KNOWN_DEVICE_COOKIE = 'chakravue.known';

/** The cookies of next-auth, for its `cookies` option. */
export function authCookies(ownAddress: string) {
  const secure = ownAddress.startsWith('https://');
  const options = { httpOnly: true, sameSite: 'lax' as const, path: '/', secure };
  const cookie = (name: string) => ({ name: cookieName(name, ownAddress), options });
  return {
    sessionToken: cookie(SESSION_COOKIE),
    callbackUrl: cookie('next-auth.callback-url'),
    csrfToken: cookie('next-auth.csrf-token'),
  };
}
