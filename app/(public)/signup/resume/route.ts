import { markGated } from '@/lib/actions/gated';
import { readSignupToken, signupCookie, signupToken } from '@/lib/auth/progress-token';
import { env } from '@/lib/env';
import { paths } from '@/lib/paths';

/**
 * From the sign-in page to one's own unfinished sign-up: the signed token of the link becomes this browser's
 * cookie.
 */
export const GET = markGated((request: Request) => {
  const organizationId = readSignupToken(new URL(request.url).searchParams.get('token') ?? '');
  if (!organizationId) return Response.redirect(new URL(paths.login, env().NEXTAUTH_URL), 303);
  const { value, expires } = signupToken(organizationId);
  const secure = env().NEXTAUTH_URL.startsWith('https://') ? '; Secure' : '';
  return new Response(null, {
    status: 303,
    headers: {
      location: new URL(paths.signupStatus, env().NEXTAUTH_URL).toString(),
      'set-cookie': `${signupCookie()}=${encodeURIComponent(value)}; Path=/; HttpOnly; SameSite=Lax; Expires=${expires.toUTCString()}${secure}`,
    },
  });
}, 'public');
