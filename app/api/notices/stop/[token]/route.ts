import { stopNoticeMails } from '@/features/platform/notifications/service';
import { failResponse } from '@/lib/actions/failure';
import { markGated } from '@/lib/actions/gated';
import { requestFacts } from '@/lib/auth/request';
import { takePoint } from '@/lib/rate-limit/limiter';

/** The button of a mail program (RFC 8058): it sends no cookie and is asked for nothing. */
export const POST = markGated(
  async (_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> => {
    try {
      await takePoint('public.address', (await requestFacts()).ip);
      await stopNoticeMails((await params).token);
      return new Response(null, { status: 204 });
    } catch (error) {
      return failResponse(error);
    }
  },
  'public',
);
