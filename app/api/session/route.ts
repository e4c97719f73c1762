import { endSessionRoute, sessionRoute, sessionStateRoute } from '@/lib/actions/session';

/** Whose session this is, if it still holds. */
export const GET = sessionStateRoute;

/** Somebody is at the screen: the session goes on. 401 when it has ended. */
export const POST = sessionRoute;

export const DELETE = endSessionRoute;
