import 'server-only';
import { discardDraft, findDraft, saveDraft } from '../drafts/drafts';
import { draftQuery, saveDraftInput } from '../drafts/schema';
import { AppError } from '../errors';
import { readJson } from '../read-body';
import { staffRoute } from './staff';

/** What people write may take four bytes a letter. */
const MAX_BYTES = 900_000;

const wrong = () => new AppError('INVALID_INPUT', 'This is not a draft of one of our forms.');

function queryOf(request: Request) {
  const query = draftQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) throw wrong();
  return query.data;
}

/**
 * The way to a person's own drafts. It needs no more than a place in the organization: nobody else's can be
 * named, and what is typed is changed in no record. While the database may only be read, nothing is kept.
 */
export const draftRoutes = {
  GET: staffRoute(
    'today:read',
    async (ctx, request) => Response.json({ draft: await findDraft(ctx, queryOf(request)) }),
    { isBackground: true },
  ),
  PUT: staffRoute(
    'today:read',
    async (ctx, request) => {
      const input = saveDraftInput.safeParse(await readJson(request, MAX_BYTES));
      if (!input.success) throw wrong();
      await saveDraft(ctx, input.data);
      return new Response(null, { status: 204 });
    },
    { isBackground: true },
  ),
  DELETE: staffRoute(
    'today:read',
    async (ctx, request) => {
      await discardDraft(ctx, queryOf(request));
      return new Response(null, { status: 204 });
    },
    { isBackground: true },
  ),
};
