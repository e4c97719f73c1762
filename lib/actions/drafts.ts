import 'server-only';
import { companyDrafts, discardDraft, findDraft, saveDraft } from '../drafts/drafts';
import { DRAFT_BYTES, draftQuery, saveDraftInput } from '../drafts/schema';
import { AppError } from '../errors';
import { readJson } from '../read-body';
import type { PlatformContext } from './platform';
import { staffRoute } from './staff';

const wrong = () => new AppError('INVALID_INPUT', 'This is not a draft of one of our forms.');

function queryOf(request: Request) {
  const query = draftQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) throw wrong();
  return query.data;
}

async function inputOf(request: Request) {
  const input = saveDraftInput.safeParse(await readJson(request, DRAFT_BYTES));
  if (!input.success) throw wrong();
  return input.data;
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
      await saveDraft(ctx, await inputOf(request));
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

type Handle = (ctx: PlatformContext, request: Request) => Promise<Response>;

/** The same on the company's pages: each of its people's own, and nobody else's. */
export const ofCompany = {
  find: async ({ actor }, request) =>
    Response.json({ draft: await companyDrafts.find(actor.userId, queryOf(request)) }),
  keep: async ({ actor }, request) => {
    await companyDrafts.save(actor.userId, await inputOf(request));
    return new Response(null, { status: 204 });
  },
  discard: async ({ actor }, request) => {
    await companyDrafts.discard(actor.userId, queryOf(request));
    return new Response(null, { status: 204 });
  },
} satisfies Record<string, Handle>;
