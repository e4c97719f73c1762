import { markGated } from '@/lib/actions/gated';
import { readSignupToken, signupCookie, signupToken } from '@/lib/auth/progress-token';
import { env } from '@/lib/env';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';

/**
 * From the sign-in page, or from the payment of an offer, to one's own unfinished sign-up: the signed token
 * of the link becomes this browser's cookie.
 */
export const GET = markGated((request: Request) => {
  const asked = new URL(request.url).searchParams;
  const organizationId = readSignupToken(asked.get('token') ?? '');
  if (!organizationId) return Response.redirect(new URL(paths.login, env().NEXTAUTH_URL), 303);
  const { value, expires } = signupToken(organizationId);
  // Of an offer that was paid: the page looks whether it is so.
  const paid = asked.get('session_id');
  const secure = env().NEXTAUTH_URL.startsWith('https://') ? '; Secure' : '';
  return new Response(null, {
    status: 303,
    headers: {
      location: new URL(
        withQuery(paths.signupStatus, paid ? { session_id: paid } : {}),
        env().NEXTAUTH_URL,
      ).toString(),
      'set-cookie': `${signupCookie()}=${encodeURIComponent(value)}; Path=/; HttpOnly; SameSite=Lax; Expires=${expires.toUTCString()}${secure}`,
    },
  });
}, 'public');
