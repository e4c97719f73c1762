'use server';
import { cookies } from 'next/headers';
import { z } from 'zod';
import { createCheckout } from '@/features/subscription/billing/checkout';
import { publicAction } from '@/lib/actions/public';
import { rememberOwnSignup } from '@/lib/auth/browser';
import { readSignupToken, signupCookie, signupToken } from '@/lib/auth/progress-token';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { signupDetailsInput } from '@/lib/organizations/details';
import { paths } from '@/lib/paths';
import { getCheckoutChoice, getSignupStatus } from './queries';
import { signupInput } from './schema';
import { checkSignup, signUp } from './service';

/** Step 1: nothing is stored; what is taken is said before a plan is chosen. */
export const checkSignupAction = publicAction({
  input: signupDetailsInput,
  audit: 'signup.check',
  run: async (input) => {
    await checkSignup(input);
    return { ok: true };
  },
});

/**
 * Step 2: stores the sign-up and answers where to go: the payment page, or the page that says what happens
 * next.
 */
export const signUpAction = publicAction({
  input: signupInput,
  audit: 'signup.submit',
  run: async (input, { ip }) => {
    const { organizationId, isRequest } = await signUp(input, ip);
    const token = signupToken(organizationId);
    (await cookies()).set(signupCookie(), token.value, {
      httpOnly: true,
      sameSite: 'lax',
      secure: env().NEXTAUTH_URL.startsWith('https://'),
      path: '/',
      expires: token.expires,
    });
    await rememberOwnSignup(organizationId, token.expires);
    if (isRequest) return { url: paths.signupStatus };
    try {
      const options = { interval: input.interval, hasTrial: input.start === 'trial' };
      return { url: (await createCheckout(organizationId, input.plan, options)).url };
    } catch (error) {
      // A trial that was used before is said beside its choice; with another choice the same sign-up goes on.
      if (error instanceof AppError && error.field === 'start') throw error;
      // The sign-up is stored; the status page offers the payment again.
      if (error instanceof AppError) return { url: `${paths.signupStatus}?payment=later` };
      throw error;
    }
  },
});

/** From the status page: to the payment page again, or to the embedded form's secret. */
export const continuePaymentAction = publicAction({
  input: z.object({
    token: z.string().max(500),
    mode: z.enum(['hosted_page', 'embedded_page']).default('hosted_page'),
  }),
  audit: 'signup.payment',
  run: async ({ token, mode }) => {
    const organizationId = readSignupToken(token);
    if (!organizationId)
      throw new AppError('UNAUTHENTICATED', 'This page is too old. Please sign in to continue your payment.');
    const status = await getSignupStatus(organizationId);
    if (status.state !== 'pending_payment') return { url: paths.signupStatus, clientSecret: null };
    const { plan, interval, hasTrial } = await getCheckoutChoice(organizationId);
    const checkout = await createCheckout(organizationId, plan, { interval, hasTrial, mode });
    return { url: checkout.url, clientSecret: checkout.clientSecret };
  },
});
