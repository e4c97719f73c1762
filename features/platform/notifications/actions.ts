'use server';
import { revalidatePath } from 'next/cache';
import { platformAction } from '@/lib/actions/platform';
import { publicAction } from '@/lib/actions/public';
import { PLATFORM } from '@/lib/paths';
import { saveNoticeChoicesInput, seeNoticesInput, stopNoticesInput } from './schema';
import { saveNoticeChoices, seeNotices, stopNoticeMails } from './service';

export const seeNoticesAction = platformAction({
  permission: 'account:own',
  input: seeNoticesInput,
  audit: 'notices.see',
  run: async (ctx, { upTo }) => {
    await seeNotices(ctx, upTo);
    revalidatePath(PLATFORM.overview, 'layout');
    return { ok: true };
  },
  message: 'All are marked as seen.',
});

export const saveNoticeChoicesAction = platformAction({
  permission: 'account:own',
  input: saveNoticeChoicesInput,
  audit: 'notices.choose',
  run: async (ctx, input) => {
    await saveNoticeChoices(ctx, input);
    revalidatePath(PLATFORM.overview, 'layout');
    return { ok: true };
  },
  message: 'Your choices are kept.',
});

/** From the link in the mail, without signing in. */
export const stopNoticesAction = publicAction({
  input: stopNoticesInput,
  audit: 'notices.stop',
  run: ({ token }) => stopNoticeMails(token),
});
