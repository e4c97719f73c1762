'use server';
import { revalidatePath } from 'next/cache';
import { platformAction } from '@/lib/actions/platform';
import { PLATFORM } from '@/lib/paths';
import { saveNoticeChoicesInput, seeNoticesInput } from './schema';
import { saveNoticeChoices, seeNotices } from './service';

export const seeNoticesAction = platformAction({
  permission: 'account:own',
  input: seeNoticesInput,
  audit: 'notices.see',
  run: async (ctx) => {
    await seeNotices(ctx);
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
