import 'server-only';
import { after } from 'next/server';
import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { recordPlatformAudit } from '../audit/record';
import { authCookies } from '../cookie-names';
import { env } from '../env';
import { sessionModel } from '../master/models/session';
import { paths } from '../paths';
import { rememberKnownDevice } from './known-device';
import { SESSION_HOURS } from './limits';
import { type RequestFacts, requestFacts } from './request';
import { claimsOf } from './session-cookie';
import { SignInRefused, signIn, signInInput } from './sign-in';

/**
 * next-auth: e-mail and password, JWT strategy. The token holds claims only
 * (`sub`, `organizationId`, `role`, `sessionId`); every gate reads the truth from the master database.
 */
export function authOptions(): NextAuthOptions {
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: 'jwt', maxAge: SESSION_HOURS * 3600 },
    cookies: authCookies(env().NEXTAUTH_URL),
    useSecureCookies: env().NEXTAUTH_URL.startsWith('https://'),
    pages: { signIn: paths.login, error: paths.login },
    providers: [
      CredentialsProvider({
        name: 'E-mail and password',
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        async authorize(credentials) {
          const input = signInInput.safeParse(credentials);
          if (!input.success) return null;
          const request = await requestFacts();
          const person = await signIn(input.data, request).catch((error: unknown) => {
            // After the answer: what is written must not tell an unknown address by its time.
            if (error instanceof SignInRefused) after(() => recordSignInRefusal(error, request));
            throw error;
          });
          await rememberKnownDevice(person.id);
          return person;
        },
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        // `user` is there at sign-in only. What a browser sends with update() is never merged.
        if (!user) return token;
        return claimsOf(user);
      },
      session({ session, token }) {
        return {
          expires: session.expires,
          user: {
            id: token.sub ?? '',
            name: token.name ?? '',
            email: token.email ?? '',
            organizationId: token.organizationId ?? null,
            role: token.role ?? 'receptionist',
            sessionId: token.sessionId ?? '',
          },
        };
      },
    },
    events: {
      async signOut({ token }) {
        if (!token?.sessionId) return;
        await sessionModel.updateOne({ _id: token.sessionId }, { $set: { revokedAt: new Date() } });
      },
    },
  };
}

/** A password that did not lead in, in the company's log; of a limit that was reached one entry a window. */
export async function recordSignInRefusal(refusal: SignInRefused, request: RequestFacts): Promise<void> {
  // The second step is on the way in, and keeps its own record.
  if (refusal.problem === 'SECOND_FACTOR' || refusal.isRepeated) return;
  await recordPlatformAudit({
    actor: { kind: 'public', id: request.ip, name: 'visitor' },
    action: 'account.sign-in',
    target: refusal.userId ? `user:${refusal.userId}` : undefined,
    result: refusal.problem === 'WRONG_CREDENTIALS' ? 'failed' : 'refused',
    requestId: request.requestId,
    request: { ip: request.ip, userAgent: request.userAgent },
  });
}
