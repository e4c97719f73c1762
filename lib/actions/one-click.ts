import 'server-only';
import { requestFacts } from '../auth/request';
import { env } from '../env';
import { takePoint } from '../rate-limit/limiter';
import { failResponse } from './failure';
import { markGated } from './gated';

type Link = { params: Promise<{ token: string }> };

/** The two ways in of a link by which somebody gets no more mails of a kind, for strangers with the link. */
export function oneClick({
  isKnown,
  end,
  page,
}: {
  isKnown: (token: string) => boolean;
  end: (token: string) => Promise<unknown>;
  /** The address of the page with the button. */
  page: (token: string) => string;
}) {
  return {
    /** The button of a mail program (RFC 8058): it sends no cookie and is asked for nothing. */
    POST: markGated(async (_request: Request, { params }: Link): Promise<Response> => {
      try {
        await takePoint('public.address', (await requestFacts()).ip);
        await end((await params).token);
        return new Response(null, { status: 204 });
      } catch (error) {
        return failResponse(error);
      }
    }, 'public'),
    /** Opened by a person: to the page with the button, as a mail filter opens links too. */
    GET: markGated(async (_request: Request, { params }: Link): Promise<Response> => {
      const { token } = await params;
      if (!isKnown(token)) return new Response('This link is wrong or too old.', { status: 404 });
      return Response.redirect(`${env().NEXTAUTH_URL}${page(token)}`, 303);
    }, 'public'),
  };
}
