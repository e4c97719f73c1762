import { endSubscription, readLeaveLink } from '@/features/fleet/status/subscribers';
import { failResponse } from '@/lib/actions/failure';
import { markGated } from '@/lib/actions/gated';
import { requestFacts } from '@/lib/auth/request';
import { env } from '@/lib/env';
import { paths } from '@/lib/paths';
import { takePoint } from '@/lib/rate-limit/limiter';

/** The button of a mail program (RFC 8058): it sends no cookie and is asked for nothing. */
export const POST = markGated(
  async (_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> => {
    try {
      await takePoint('public.address', (await requestFacts()).ip);
      await endSubscription((await params).token);
      return new Response(null, { status: 204 });
    } catch (error) {
      return failResponse(error);
    }
  },
  'public',
);

/** Opened by a person: to the page with the button, as a mail filter opens links too. */
export const GET = markGated(
  async (_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> => {
    const { token } = await params;
    if (!readLeaveLink(token)) return new Response('This link is wrong or too old.', { status: 404 });
    return Response.redirect(`${env().NEXTAUTH_URL}${paths.statusLeave(token)}`, 303);
  },
  'public',
);
