import { cookies } from 'next/headers';
import { getSignupStatus } from '@/features/fleet/signup/queries';
import { failResponse } from '@/lib/actions/failure';
import { markGated } from '@/lib/actions/gated';
import { readSignupToken, signupCookie } from '@/lib/auth/progress-token';
import { AppError } from '@/lib/errors';

/** Progress of the sign-up that this browser began; its cookie is the gate. */
export const GET = markGated(async () => {
  try {
    const token = (await cookies()).get(signupCookie())?.value;
    const organizationId = token ? readSignupToken(token) : null;
    if (!organizationId) throw new AppError('NOT_FOUND', 'There is no sign-up in this browser.');
    return Response.json(await getSignupStatus(organizationId), { headers: { 'Cache-Control': 'no-store' } });
  } catch (error) {
    return failResponse(error);
  }
}, 'public');
