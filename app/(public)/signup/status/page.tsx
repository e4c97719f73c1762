import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import Link from '@/components/ui/link';
import { getSignupStatus, noticePayment } from '@/features/fleet/signup/queries';
import { SignupProgress } from '@/features/fleet/signup/ui/signup-progress';
import { failPage } from '@/lib/actions/failure';
import { readSignupToken, signupCookie } from '@/lib/auth/progress-token';
import { env } from '@/lib/env';
import { paths } from '@/lib/paths';

export const metadata: Metadata = { title: 'Your sign-up' };

const query = z.object({
  session_id: z
    .string()
    .regex(/^cs_[A-Za-z0-9_]{8,200}$/)
    .optional()
    .catch(undefined),
  canceled: z.string().optional().catch(undefined),
});

export default async function SignupStatusPage({ searchParams }: PageProps<'/signup/status'>) {
  const { session_id: sessionId, canceled } = query.parse(await searchParams);
  const token = (await cookies()).get(signupCookie())?.value ?? '';
  const organizationId = readSignupToken(token);
  if (!organizationId) {
    return (
      <Card className="mx-auto mt-16 w-full max-w-lg">
        <EmptyState
          title="There is no sign-up in this browser"
          action={
            <>
              <Button asChild variant="primary">
                <Link href={paths.login}>Go to sign in</Link>
              </Button>
              <Button asChild variant="secondary">
                <Link href={paths.signup()}>Sign up</Link>
              </Button>
            </>
          }
        >
          If you have paid, your workspace is being made all the same. Sign in to see how far it is.
        </EmptyState>
      </Card>
    );
  }
  // The webhook may be later than the browser, or lost; asking Stripe once covers both.
  if (sessionId) await noticePayment(organizationId, sessionId).catch(() => undefined);
  const status = await getSignupStatus(organizationId).catch(failPage);
  return (
    <div className="mx-auto w-full max-w-lg px-5 py-12">
      <h1 className="mb-6 text-center text-2xl font-semibold tracking-tight">
        {status.state === 'requested' ? status.organizationName : `Setting up ${status.organizationName}`}
      </h1>
      <Card className="p-6 sm:p-8">
        <SignupProgress
          initial={status}
          token={token}
          isBackFromPayment={Boolean(sessionId)}
          isCanceled={Boolean(canceled)}
          publishableKey={env().STRIPE_PUBLISHABLE_KEY ?? null}
        />
      </Card>
    </div>
  );
}
