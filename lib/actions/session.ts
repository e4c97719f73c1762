import 'server-only';
import { getPrincipal, leaveSession, placeOf, touchSession, waitingReference } from '../auth/principal';
import { failResponse } from './failure';
import { markGated } from './gated';

/** Ends the session after nobody answered; says whether its person can come back to it with a PIN. */
export const endSessionRoute = markGated(async (): Promise<Response> => {
  try {
    const principal = await getPrincipal();
    const isLocked = principal ? await leaveSession(principal.sessionId, 'idle') : false;
    return Response.json({ isLocked });
  } catch (error) {
    return failResponse(error);
  }
}, 'public');

/**
 * Whether the session holds, and of whom: for a page that may be of somebody who has left. 401 otherwise,
 * with the reference under which its person comes back with a PIN, where that is possible.
 */
export const sessionStateRoute = markGated(async (): Promise<Response> => {
  try {
    const principal = await getPrincipal();
    if (principal) return Response.json({ place: placeOf(principal) });
    return Response.json({ error: 'UNAUTHENTICATED', person: await waitingReference() }, { status: 401 });
  } catch (error) {
    return failResponse(error);
  }
}, 'public');

/**
 * Notes that the person is there. Reads nothing of the organization and needs no permission, only a session:
 * 401 otherwise.
 */
export const sessionRoute = markGated(async (): Promise<Response> => {
  try {
    const principal = await getPrincipal();
    if (!principal) return Response.json({ error: 'UNAUTHENTICATED' }, { status: 401 });
    await touchSession(principal);
    return new Response(null, { status: 204 });
  } catch (error) {
    return failResponse(error);
  }
}, 'public');
