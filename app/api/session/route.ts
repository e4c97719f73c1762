import { endSessionRoute, sessionRoute } from '@/lib/actions/session';

/** Somebody is at the screen: the session goes on. 401 when it has ended. */
export const POST = sessionRoute;

export const DELETE = endSessionRoute;
