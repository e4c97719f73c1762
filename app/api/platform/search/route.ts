import { searchCompany } from '@/features/platform/overview/queries/search';
import { companySearchQuery } from '@/features/platform/overview/schema';
import { platformRoute } from '@/lib/actions/platform';
import { AppError } from '@/lib/errors';

/** What the search from anywhere finds: `{ groups: [{ heading, items: [{ id, label, hint, href }] }] }`. */
export const GET = platformRoute('organizations:read', 'search.find', async (ctx, request) => {
  const { searchParams } = new URL(request.url);
  const { q } = companySearchQuery.parse(Object.fromEntries(searchParams));
  if (!q || searchParams.getAll('q').length !== 1)
    throw new AppError('INVALID_INPUT', 'Give what to search for as q, once.');
  return Response.json({ groups: await searchCompany(ctx, q) });
});
