'use server';
import { revalidatePath } from 'next/cache';
import { cookies } from 'next/headers';
import { publicAction } from '@/lib/actions/public';
import { staffAction } from '@/lib/actions/staff';
import { rememberDevice } from '@/lib/auth/device-cookie';
import { getPrincipal, leaveSession } from '@/lib/auth/principal';
import { requestFacts } from '@/lib/auth/request';
import { setSessionCookie } from '@/lib/auth/session-cookie';
import { authCookies } from '@/lib/cookie-names';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { paths } from '@/lib/paths';
import { safeNext } from '@/lib/safe-next';
import { comeBackInput, nothingInput, setPinInput } from './schema';
import { comeBack, leaveComputer, removePin, setPin } from './service';

export const setPinAction = staffAction({
  permission: 'today:read',
  input: setPinInput,
  audit: 'account.pin.set',
  run: async (ctx, input) => {
    await setPin(ctx, input);
    revalidatePath(paths.account);
  },
  message: 'Your PIN is saved. Choose "Switch user" in your menu when you leave a shared computer.',
});

export const removePinAction = staffAction({
  permission: 'today:read',
  input: nothingInput,
  again: true,
  audit: 'account.pin.remove',
  run: async (ctx) => {
    await removePin(ctx);
    revalidatePath(paths.account);
  },
  message: 'Your PIN is removed.',
});

/** Locks this session and makes room for the next person at this computer. */
export const switchUserAction = staffAction({
  permission: 'today:read',
  input: nothingInput,
  audit: 'account.session.lock',
  entryAfter: 'Ends in the browser: a session is locked or closed, and the cookie goes.',
  run: async () => {
    const principal = await getPrincipal();
    if (!principal) throw new AppError('UNAUTHENTICATED', 'Your session has ended. Please sign in again.');
    const { deviceId } = await requestFacts();
    await leaveComputer(principal.sessionId, await rememberDevice(deviceId));
    const { name, options } = authCookies(env().NEXTAUTH_URL).sessionToken;
    (await cookies()).set(name, '', { ...options, maxAge: 0 });
  },
});

/** With the PIN, at the computer where the session was left. Who sits there now is locked in turn. */
export const comeBackAction = publicAction({
  input: comeBackInput,
  audit: 'account.pin.come-back',
  run: async ({ next, ...input }, request) => {
    const before = await getPrincipal();
    await setSessionCookie(await comeBack(input, request));
    if (before?.kind === 'staff') await leaveSession(before.sessionId, 'switch');
    return { url: safeNext(next) ?? paths.today };
  },
});
