import { noCookies } from './next';

/**
 * What a test says of the request around a gate, an action or a route. The headers are heard in every file
 * that shares a process (tests/setup-shared.ts); who is signed in, in those that import this.
 */
export const request = {
  principal: null as unknown,
  headers: (): Record<string, string> => ({}),
};

/** In the place of `next/headers`. */
export const ofHeaders = { headers: async () => new Headers(request.headers()), cookies: noCookies };

const signedIn = async () => request.principal;
/** In the place of lib/auth/principal. */
export const ofPrincipal = {
  getPrincipal: signedIn,
  readPrincipal: signedIn,
  touchSession: async () => undefined,
  lockSession: async () => false,
  leaveSession: async () => false,
  placeOf: () => 'a place',
  waitingReference: async () => null,
};
