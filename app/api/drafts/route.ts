import { draftRoutes } from '@/lib/actions/drafts';

/** What the person has typed into one form and not saved; kept, given back and forgotten for them alone. */
export const GET = draftRoutes.GET;

export const PUT = draftRoutes.PUT;

export const DELETE = draftRoutes.DELETE;
